/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that does not start says why and what to do, as its user sees it on the console. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpFailureTest {

    @Test
    void everythingThatIsMissingIsNamedAtOnce(CapturedOutput output) {
        start(Application.class, "--unfriend.sdk-app-id=1400000000");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("- unfriend.administrator is missing: the UserID of an administrator")
                .contains("- unfriend.secret-key is missing: the secret key")
                .contains("- unfriend.region is missing: the region in which the SDKAppID was created")
                .contains("unfriend.sdk-app-id=1400000000")
                .contains("UNFRIEND_SECRET_KEY")
                .doesNotContain("unfriend.sdk-app-id is missing");
    }

    @Test
    void aBlankPropertyIsMissing(CapturedOutput output) {
        start(Application.class, "--unfriend.secret-key=", "--unfriend.region= ", "--unfriend.administrator=");

        assertThat(output)
                .contains("- unfriend.sdk-app-id is missing")
                .contains("- unfriend.administrator is missing")
                .contains("- unfriend.secret-key is missing")
                .contains("- unfriend.region is missing");
    }

    @Tag("promise-6")
    @Test
    void everythingThatIsWrongIsNamedAtOnceWithoutTheKey(CapturedOutput output) {
        start(
                Application.class,
                "--unfriend.sdk-app-id=-5",
                "--unfriend.administrator=" + "x".repeat(40),
                "--unfriend.secret-key= " + Applications.KEY,
                "--unfriend.region=atlantis",
                "--unfriend.calls-per-second=0",
                "--unfriend.max-concurrent-calls=0",
                "--unfriend.max-waiting-calls=0",
                "--unfriend.call-timeout=0s",
                "--unfriend.call-deadline=-1s",
                "--unfriend.linger=0s",
                "--unfriend.user-sig-lifetime=1ms",
                "--unfriend.shutdown-timeout=-1s",
                "--unfriend.retry.max-attempts=0",
                "--unfriend.retry.base-delay=-1s",
                "--unfriend.retry.max-delay=-1s",
                "--unfriend.retry.security-pause=-1s");

        assertThat(output)
                .contains("- unfriend.sdk-app-id: The SDKAppID must be above 0, not -5")
                .contains("- unfriend.administrator: The administrator is no valid account")
                .contains("- unfriend.secret-key: The secret key has a space")
                .contains("- unfriend.region: There is no such region. Known are china, singapore")
                .contains("- unfriend.calls-per-second: callsPerSecond must be at least 1, but is 0")
                .contains("- unfriend.max-concurrent-calls:")
                .contains("- unfriend.max-waiting-calls:")
                .contains("- unfriend.call-timeout:")
                .contains("- unfriend.call-deadline:")
                .contains("- unfriend.linger:")
                .contains("- unfriend.user-sig-lifetime:")
                .contains("- unfriend.shutdown-timeout:")
                .contains("- unfriend.retry.max-attempts:")
                .contains("- unfriend.retry.base-delay:")
                .contains("- unfriend.retry.max-delay:")
                .contains("- unfriend.retry.security-pause:")
                .doesNotContain(Applications.KEY);
    }

    @Test
    void aVariableThatIsNotSetIsNamed(CapturedOutput output) {
        start(
                Application.class,
                "--unfriend.sdk-app-id=1400000000",
                "--unfriend.administrator=administrator",
                "--unfriend.region=singapore",
                "--unfriend.secret-key=${A_VARIABLE_THAT_IS_NOT_SET}");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("- unfriend.secret-key is ${A_VARIABLE_THAT_IS_NOT_SET}, and nothing sets that")
                .doesNotContain("\tat org.springframework");
    }

    /** Only the name of a variable is shown: what else is there may be a key. */
    @Tag("promise-6")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hidden-1${hidden-2",
                "hidden-1\nhidden-2${hidden 3}",
                "${NOT_SET:hidden-1}",
                "hidden-1${NOT_SET}"
            })
    void ofAKeyWithAPlaceholderInItNothingElseIsShown(String key, CapturedOutput output) {
        start(
                Application.class,
                "--unfriend.sdk-app-id=1400000000",
                "--unfriend.administrator=administrator",
                "--unfriend.region=singapore",
                "--unfriend.calls-per-second=0",
                "--unfriend.secret-key=" + key);
        assertThat(output).contains("- unfriend.calls-per-second:").doesNotContain("hidden");
    }

    @Test
    void anAdministratorThatIsNotSetDoesNotHideTheKeyThatIsMissing(CapturedOutput output) {
        start(Application.class, "--unfriend.sdk-app-id=1", "--unfriend.administrator=${NO_ADMINISTRATOR}");
        assertThat(output)
                .contains("- unfriend.administrator is ${NO_ADMINISTRATOR}")
                .contains("- unfriend.secret-key is missing");
    }

    @Test
    void whatIsWrongIsToBeCorrectedAndNotSetAnew(CapturedOutput output) {
        startWithEndpoint("https://example.com", "--unfriend.calls-per-second=0");
        assertThat(output)
                .contains("- unfriend.calls-per-second:")
                .contains("Correct the properties that are named above.")
                .doesNotContain("unfriend.sdk-app-id=1400000000");
    }

    @Test
    void moreCallsThanTheServiceAllowsAreWarnedOf(CapturedOutput output) {
        startWithAThousandCalls(Application.class);
        assertThat(output).containsOnlyOnce("unfriend.calls-per-second is 1000. The service allows 200");
    }

    @Test
    void ofAPacerOfTheApplicationTheyAreNot(CapturedOutput output) {
        startWithAThousandCalls(Application.class, OwnPacer.class);
        assertThat(output).doesNotContain("The service allows 200");
    }

    private static void startWithAThousandCalls(Class<?>... sources) {
        SpringApplication application = new SpringApplication(sources);
        application.setWebApplicationType(WebApplicationType.NONE);
        application
                .run(
                        "--unfriend.sdk-app-id=1400000000",
                        "--unfriend.administrator=administrator",
                        "--unfriend.region=singapore",
                        "--unfriend.secret-key=" + Applications.KEY,
                        "--unfriend.calls-per-second=1000")
                .close();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnPacer {
        @Bean
        Pacer pacer() {
            return Pacer.builder().build();
        }
    }

    @Test
    void whereSomeAreWrongAndSomeAreMissingBothIsSaid(CapturedOutput output) {
        start(Application.class, "--unfriend.sdk-app-id=-5", "--unfriend.region=singapore");
        assertThat(output)
                .contains("- unfriend.sdk-app-id: The SDKAppID must be above 0")
                .contains("- unfriend.secret-key is missing")
                .contains("Correct the properties that are named above.")
                .contains("unfriend.sdk-app-id=1400000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdk-app-id", "region", "endpoint"})
    void aVariableThatIsNotSetIsNamedWithItsProperty(String property, CapturedOutput output) {
        start(
                Application.class,
                "--unfriend.administrator=administrator",
                "--unfriend.secret-key=" + Applications.KEY,
                "--unfriend." + property + "=${NOT_SET_ANYWHERE}");
        assertThat(output)
                .contains("unfriend." + property)
                .contains("NOT_SET_ANYWHERE")
                .doesNotContain("\tat org.springframework")
                .doesNotContain(Applications.KEY);
    }

    @Tag("promise-6")
    @Test
    void plainHttpAcrossTheNetworkIsRefused(CapturedOutput output) {
        startWithEndpoint("http://example.com");
        assertThat(output).contains("- unfriend.endpoint:").contains("https");
    }

    @Test
    void regionAndEndpointExcludeEachOther(CapturedOutput output) {
        startWithEndpoint("https://example.com", "--unfriend.region=seoul");
        assertThat(output).contains("- unfriend.region and unfriend.endpoint are both set: take one of them away.");
    }

    @Test
    void whoAsksForAGatewayWithoutAnyPropertyIsToldWhatToSet(CapturedOutput output) {
        start(NeedsAGateway.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("user in io.github.unfriend.reactor.spring.StartUpFailureTest$NeedsAGateway required a"
                        + " FriendGateway, and there is none: no property says who calls")
                .contains("unfriend.sdk-app-id=1400000000")
                .contains("UNFRIEND_SECRET_KEY");
    }

    @Test
    void whoAsksForAGatewayThatIsSwitchedOffIsToldSo(CapturedOutput output) {
        start(NeedsAGateway.class, "--unfriend.enabled=false");
        assertThat(output).contains("required a FriendGateway, and there is none: unfriend.enabled is false.");
    }

    @Test
    void otherMissingBeansAreNotSpokenAbout(CapturedOutput output) {
        start(NeedsSomethingElse.class);
        assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("FriendGateway");
    }

    private static void startWithEndpoint(String endpoint, String... more) {
        String[] all = new String[4 + more.length];
        all[0] = "--unfriend.sdk-app-id=1400000000";
        all[1] = "--unfriend.administrator=administrator";
        all[2] = "--unfriend.secret-key=" + Applications.KEY;
        all[3] = "--unfriend.endpoint=" + endpoint;
        System.arraycopy(more, 0, all, 4, more.length);
        start(Application.class, all);
    }

    private static void start(Class<?> source, String... arguments) {
        SpringApplication application = new SpringApplication(source);
        application.setWebApplicationType(WebApplicationType.NONE);
        Throwable failure = null;
        try {
            application.run(arguments).close();
        } catch (RuntimeException expected) {
            failure = expected;
        }
        for (Throwable cause = Objects.requireNonNull(failure, "it started"); cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain(Applications.KEY);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(UnfriendAutoConfiguration.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(UnfriendAutoConfiguration.class)
    static class NeedsAGateway {
        @Bean
        String user(FriendGateway gateway) {
            return gateway.toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(UnfriendAutoConfiguration.class)
    static class NeedsSomethingElse {
        @Bean
        String user(Runnable something) {
            return something.toString();
        }
    }
}
