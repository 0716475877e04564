/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The actuator may be told to show all values: the secret key stays hidden. */
@Tag("promise-6")
class ActuatorSecretsTest {

    private final ApplicationContextRunner runner = Applications.configured()
            .withConfiguration(AutoConfigurations.of(
                    ConfigurationPropertiesReportEndpointAutoConfiguration.class,
                    EnvironmentEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=*",
                    "management.endpoints.jmx.exposure.include=*",
                    "spring.jmx.enabled=true",
                    "management.endpoint.env.show-values=always",
                    "management.endpoint.configprops.show-values=always");

    @Test
    void propertiesAreShownWithoutTheKey() {
        runner.run(context -> assertThat(text(context.getBean(ConfigurationPropertiesReportEndpoint.class)
                        .configurationProperties()))
                .contains("singapore", "secretKey")
                .doesNotContain(Applications.KEY));
    }

    @Test
    void theEnvironmentIsShownWithoutTheKeyInWhateverWayItIsWritten() {
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "variables",
                                Map.of(
                                        "UNFRIEND_SECRET_KEY", Applications.KEY,
                                        "unfriend.secretKey", Applications.KEY,
                                        "UNFRIEND_REGION", "singapore"))))
                .run(context -> {
                    EnvironmentEndpoint endpoint = context.getBean(EnvironmentEndpoint.class);
                    assertThat(text(endpoint.environment(null)))
                            .contains("singapore", "UNFRIEND_SECRET_KEY", "unfriend.secretKey", "unfriend.secret-key")
                            .doesNotContain(Applications.KEY);
                    assertThat(text(endpoint.environmentEntry("unfriend.secret-key")))
                            .doesNotContain(Applications.KEY);
                });
    }

    private static String text(Object report) {
        return JsonMapper.shared().writeValueAsString(report);
    }
}
