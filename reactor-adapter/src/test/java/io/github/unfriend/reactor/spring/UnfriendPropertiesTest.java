/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Region;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The properties, their defaults, and what an IDE knows of them. */
class UnfriendPropertiesTest {

    private static final Map<String, String> FOUR = Map.of(
            "unfriend.sdk-app-id",
            Long.toString(SandboxOptions.SDK_APP_ID),
            "unfriend.administrator",
            SandboxOptions.ADMINISTRATOR,
            "unfriend.secret-key",
            SandboxOptions.SECRET_KEY,
            "unfriend.region",
            "singapore");

    @Test
    void theDefaultsAreThoseOfTheBuilder() {
        FriendGatewayBuilder plain =
                FriendGateway.builder().credentials(Sandboxes.CREDENTIALS).region(Region.SINGAPORE);

        assertThat(PropertyReader.builderFrom(bind(FOUR), false))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes("httpClient", ".*random")
                .isEqualTo(plain);
    }

    @Tag("promise-6")
    @Test
    void itsTextHidesTheKey() {
        assertThat(bind(FOUR).toString())
                .doesNotContain(SandboxOptions.SECRET_KEY)
                .contains("singapore");
    }

    @Test
    void anIdeKnowsEveryPropertyWithADescription() throws IOException {
        String metadata = resource("META-INF/spring-configuration-metadata.json");
        for (String name : List.of(
                "enabled",
                "sdk-app-id",
                "administrator",
                "secret-key",
                "region",
                "endpoint",
                "allow-plain-http",
                "calls-per-second",
                "max-concurrent-calls",
                "max-waiting-calls",
                "call-timeout",
                "call-deadline",
                "linger",
                "user-sig-lifetime",
                "shutdown-timeout",
                "retry.max-attempts",
                "retry.base-delay",
                "retry.max-delay",
                "retry.security-pause")) {
            assertThat(metadata)
                    .containsPattern("\"name\": \"" + Pattern.quote("unfriend." + name)
                            + "\",\\s+\"type\": \"[^\"]+\",\\s+\"description\": \"[A-Z]");
        }
        for (Region region : Region.known()) {
            assertThat(metadata).contains("\"value\": \"" + region.name() + "\"");
        }
    }

    private static UnfriendProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("unfriend", UnfriendProperties.class)
                .get();
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(
                UnfriendPropertiesTest.class.getClassLoader().getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
