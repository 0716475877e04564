/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.unfriend.Api;
import io.github.unfriend.Credentials;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.UserSig;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    private static final Credentials CREDENTIALS = Credentials.of(88_888_888, "admin", "dummy-key");
    private static final UserSig USER_SIG = sign(CREDENTIALS);

    @Test
    void looksAsInTheDocuments() {
        assertThat(RequestTarget.of(Api.FRIEND_DELETE, CREDENTIALS, USER_SIG, 99_999_999))
                .isEqualTo("/v4/sns/friend_delete?sdkappid=88888888&identifier=admin&usersig=" + USER_SIG.value()
                        + "&random=99999999&contenttype=json");
        assertThat(RequestTarget.of(Api.FRIEND_DELETE_ALL, CREDENTIALS, USER_SIG, 0))
                .startsWith("/v4/sns/friend_delete_all?sdkappid=88888888&")
                .endsWith("&random=0&contenttype=json");
    }

    @ParameterizedTest
    @CsvSource({"a b, a%20b", "a+b, a%2Bb", "a&b=c, a%26b%3Dc", "用, %E7%94%A8", "a%2Fb, a%252Fb", "a#b?c, a%23b%3Fc"})
    void encodesTheIdentifier(String administrator, String encoded) {
        Credentials credentials = Credentials.of(1, administrator, "dummy-key");
        String target = RequestTarget.of(Api.FRIEND_DELETE, credentials, sign(credentials), 1);
        assertThat(target).contains("&identifier=" + encoded + "&usersig=");
        assertThat(URI.create(target).getQuery()).contains("identifier=" + administrator + "&usersig=");
    }

    @Test
    void takesEveryUnsignedNumberOf32BitsAndAnAppAboveTheInts() {
        Credentials credentials = Credentials.of(20_000_000_000L, "admin", "dummy-key");
        assertThat(RequestTarget.of(Api.FRIEND_DELETE, credentials, sign(credentials), 4_294_967_295L))
                .contains("sdkappid=20000000000&", "&random=4294967295&");
    }

    @Tag("promise-6")
    @ParameterizedTest
    @ValueSource(longs = {-1, 4_294_967_296L, Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesEveryOtherNumberWithoutShowingTheSignature(long random) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> RequestTarget.of(Api.FRIEND_DELETE, CREDENTIALS, USER_SIG, random))
                .satisfies(
                        e -> assertThat(e.getMessage()).contains("4294967295").doesNotContain(USER_SIG.value()));
    }

    private static UserSig sign(Credentials credentials) {
        return credentials.sign(Instant.ofEpochSecond(1_700_000_000), Duration.ofDays(1));
    }
}
