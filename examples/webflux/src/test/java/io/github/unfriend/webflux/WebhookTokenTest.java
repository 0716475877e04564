/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.core.env.MapPropertySource;

class WebhookTokenTest {

    @ParameterizedTest
    @CsvSource({"example.webhook.token,******", "EXAMPLE_WEBHOOK_TOKEN,******", "example.webhook.url,value"})
    void isNotShown(String property, String shown) {
        SanitizableData data =
                new SanitizableData(new MapPropertySource("any", Map.of(property, "value")), property, "value");
        assertThat(UnfriendApplication.webhookTokenSanitizingFunction()
                        .applyUnlessFiltered(data)
                        .getValue())
                .isEqualTo(shown);
    }
}
