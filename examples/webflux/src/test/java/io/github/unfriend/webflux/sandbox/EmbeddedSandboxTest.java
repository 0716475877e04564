/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.spring.UnfriendAutoConfiguration;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The sandbox stands in when nobody has said anything about the real service; never for half a configuration. */
class EmbeddedSandboxTest {

    private static final List<String> REAL = List.of(
            "unfriend.sdk-app-id=1400000001",
            "unfriend.administrator=admin",
            "unfriend.region=singapore",
            "unfriend.endpoint=http://127.0.0.1:9");
    private static final String KEY = "unfriend.secret-key=of-the-real-service";

    static final List<String> VARIABLES = List.of(
            "UNFRIEND_SDKAPPID",
            "UNFRIEND_SDK_APP_ID",
            "UNFRIEND_ADMINISTRATOR",
            "UNFRIEND_REGION",
            "UNFRIEND_ENDPOINT");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues("example.webhook.path=/webhook")
            .withConfiguration(AutoConfigurations.of(UnfriendAutoConfiguration.class));

    private final ApplicationContextRunner withSandbox =
            runner.withInitializer(context -> new EmbeddedSandbox().initialize((GenericApplicationContext) context));

    /** Every selection of the four but none at all, each with the key and without. */
    static Stream<List<String>> halfOrWhole() {
        return IntStream.range(1, 1 << REAL.size()).boxed().flatMap(selection -> {
            List<String> without = IntStream.range(0, REAL.size())
                    .filter(i -> (selection & 1 << i) != 0)
                    .mapToObj(REAL::get)
                    .toList();
            List<String> with = new ArrayList<>(without);
            with.add(KEY);
            return Stream.of(without, List.copyOf(with));
        });
    }

    @Test
    void standsInWhenNothingIsSet() {
        withSandbox.run(context -> {
            assertThat(context).hasSingleBean(Sandbox.class).hasSingleBean(FriendGateway.class);
            assertThat(context.getEnvironment().getProperty("unfriend.endpoint"))
                    .isEqualTo(context.getBean(Sandbox.class).uri().toString());
        });
    }

    @Test
    void doesNotTakeAKeyThatIsThereForOtherProgramsForItsOwn() {
        withSandbox.withPropertyValues(KEY).run(context -> {
            assertThat(context).hasSingleBean(Sandbox.class);
            assertThat(context.getEnvironment().getProperty("unfriend.secret-key"))
                    .isEqualTo(SandboxOptions.SECRET_KEY);
        });
    }

    @ParameterizedTest
    @MethodSource("halfOrWhole")
    void staysAwayFromWhateverIsMeantForTheRealService(List<String> properties) {
        boolean region = properties.contains(REAL.get(2));
        boolean endpoint = properties.contains(REAL.get(3));
        boolean whole = properties.contains(REAL.get(0))
                && properties.contains(REAL.get(1))
                && region != endpoint
                && properties.contains(KEY);
        withSandbox.withPropertyValues(properties.toArray(String[]::new)).run(context -> {
            if (whole) {
                assertThat(context).hasSingleBean(FriendGateway.class).doesNotHaveBean(Sandbox.class);
            } else {
                assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(
                                properties.contains(KEY) ? "unfriend." : "unfriend.secret-key is missing");
            }
        });
    }

    @Test
    void leavesItToTheGatewayToSayWhatIsMissing() {
        withSandbox
                .withPropertyValues(REAL.get(0), KEY)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("unfriend.administrator is missing")
                        .hasMessageContaining("unfriend.region is missing"));
    }

    /** In the spellings that Boot reads. */
    @ParameterizedTest
    @FieldSource("VARIABLES")
    void seesEnvironmentVariables(String variable) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            StandardEnvironment environment = new StandardEnvironment();
            environment
                    .getPropertySources()
                    .replace(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            new SystemEnvironmentPropertySource(
                                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                    Map.of(variable, "1")));
            ConfigurationPropertySources.attach(environment);
            context.setEnvironment(environment);
            new EmbeddedSandbox().initialize(context);
            assertThat(environment.getPropertySources().contains("sandbox")).isFalse();
        }
    }
}
