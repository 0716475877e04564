/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.unfriend.InvalidRequestException;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("promise-6")
class EndpointsTest {

    @ParameterizedTest
    @CsvSource({
        "https://chat.example.com, https://chat.example.com",
        "https://chat.example.com/, https://chat.example.com",
        "HTTPS://Chat.Example.com:8443/, https://chat.example.com:8443",
        "http://localhost:1, http://localhost:1",
        "http://LOCALHOST, http://localhost",
        "http://127.0.0.1:65535, http://127.0.0.1:65535",
        "http://127.8.9.10, http://127.8.9.10",
        "http://[::1]:80, http://[::1]:80",
        "https://[2001:db8::1], https://[2001:db8::1]"
    })
    void takesHttpsAnywhereAndHttpAtHome(URI endpoint, URI expected) {
        assertThat(Endpoints.check(endpoint, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://chat.example.com",
                "http://10.0.0.1",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://[2001:db8::1]"
            })
    void takesPlainHttpElsewhereOnlyWhenAllowed(URI endpoint) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Endpoints.check(endpoint, false))
                .withMessageContaining("unencrypted");
        assertThat(Endpoints.check(endpoint, true)).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example.com",
                "//chat.example.com",
                "ftp://chat.example.com",
                "https:///v4",
                "https:chat.example.com",
                "https://a_b",
                "https://chat.example.com/v4",
                "https://chat.example.com//",
                "https://chat.example.com?x",
                "https://chat.example.com#x",
                "https://user@chat.example.com",
                "https://chat.example.com:0",
                "https://chat.example.com:65536"
            })
    void refusesEverythingElse(URI endpoint) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> Endpoints.check(endpoint, true));
    }

    @Test
    void neverShowsUserInfoPathOrQuery() {
        URI endpoint = URI.create("https://me:hidden1@chat.example.com/hidden2?usersig=hidden3#hidden4");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Endpoints.check(endpoint, true))
                .satisfies(e ->
                        assertThat(e.getMessage()).contains("chat.example.com").doesNotContain("hidden"));
    }
}
