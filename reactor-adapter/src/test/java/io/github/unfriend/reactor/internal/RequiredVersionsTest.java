/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

class RequiredVersionsTest {

    @Test
    void thisOneWillDo() {
        assertThatNoException().isThrownBy(RequiredVersions::check);
    }

    @Test
    void whatIsTooOldIsNamedWithWhatIsNeeded() {
        assertThatThrownBy(() -> RequiredVersions.check(HttpClient.class)) // has no such method
                .isInstanceOf(RequiredVersions.TooOldException.class)
                .hasMessageContaining("Reactor Netty 1.3.4 or newer; found: 1.3.")
                .hasMessageContaining("Spring Boot 4.0.4");
    }
}
