/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String KEY = "dummy-key-5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bf";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @Tag("promise-6")
    @Test
    void keepTheKeyToThemselves() {
        Credentials credentials = Credentials.of(1_400_000_000, "administrator", KEY);
        assertThat(credentials.toString())
                .contains("1400000000", "administrator")
                .doesNotContain(KEY, KEY.substring(10));
        UserSig userSig = credentials.sign(NOW, Duration.ofDays(1));
        assertThat(userSig.toString()).contains("2023-11-14T22:13:20Z").doesNotContain(userSig.value());
    }

    @Tag("promise-6")
    @ParameterizedTest
    @ValueSource(strings = {" key-with-space", "key-with-space ", "key-with-line\n", "\tkey", "key\nkey", "\u00a0 "})
    void refuseAKeyWithWhiteSpaceWithoutShowingIt(String key) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Credentials.of(1, "admin", key))
                .satisfies(
                        e -> assertThat(e.getMessage()).contains("secret key").doesNotContain("key-with"));
    }

    @ParameterizedTest
    @NullSource // what System.getenv gives for a variable that is not set
    @ValueSource(strings = {"", " ", "\n"})
    void refuseAMissingOrEmptyKey(String key) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Credentials.of(1, "admin", key))
                .withMessageContaining("empty");
    }

    @Test
    void refuseAKeyThatIsNoText() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Credentials.of(1, "admin", "abc\uD83D"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("abc"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void refuseAnImpossibleApp(long sdkAppId) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Credentials.of(sdkAppId, "admin", KEY))
                .withMessageContaining("SDKAppID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123456789012345678901234567890123"})
    void refuseAnImpossibleAdministrator(String administrator) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Credentials.of(1, administrator, KEY))
                .withMessageContaining("administrator")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
    }

    @Test
    void areEqualWhenAllThreeAre() {
        Credentials one = Credentials.of(1, "admin", KEY);
        assertThat(one).isEqualTo(Credentials.of(1, "admin", KEY)).hasSameHashCodeAs(Credentials.of(1, "admin", KEY));
        assertThat(one)
                .isNotEqualTo(Credentials.of(2, "admin", KEY))
                .isNotEqualTo(Credentials.of(1, "other", KEY))
                .isNotEqualTo(Credentials.of(1, "admin", KEY + "x"));
        assertThat(one.sdkAppId()).isEqualTo(1);
        assertThat(one.administrator()).isEqualTo("admin");
    }

    @Test
    void cutTimeAndLifetimeToTheSecond() throws IOException {
        UserSig userSig = Credentials.of(1, "admin", KEY)
                .sign(Instant.parse("2023-11-14T22:13:20.999999999Z"), Duration.ofMillis(1_999));
        assertThat(userSig.issuedAt()).isEqualTo(NOW);
        assertThat(userSig.expiresAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(UserSigVectorsTest.decode(userSig.value()))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("TLS.time", 1_700_000_000L)
                .containsEntry("TLS.expire", 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT-1S", "P18251D", "P100000D"})
    void refuseAnImpossibleLifetime(Duration lifetime) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Credentials.of(1, "admin", KEY).sign(NOW, lifetime))
                .withMessageContaining("UserSig lives");
    }

    @Test
    void refuseAClockBefore1970() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Credentials.of(1, "admin", KEY).sign(Instant.ofEpochMilli(-1), Duration.ofDays(1)))
                .withMessageContaining("clock");
    }

    @Property(tries = 200)
    void signWithinTheAlphabetOfTheService(
            @ForAll @LongRange(min = 1) long sdkAppId,
            @ForAll @AlphaChars @StringLength(min = 1, max = 32) String administrator,
            @ForAll @LongRange(min = 0, max = 4_102_444_800L) long time,
            @ForAll @LongRange(min = 1, max = 1_576_800_000L) long expire)
            throws IOException {
        UserSig userSig = Credentials.of(sdkAppId, administrator, KEY)
                .sign(Instant.ofEpochSecond(time), Duration.ofSeconds(expire));
        assertThat(userSig.value()).matches("[A-Za-z0-9*_-]+");
        assertThat(UserSigVectorsTest.decode(userSig.value()))
                .isEqualTo(Map.of(
                        "TLS.ver", "2.0",
                        "TLS.identifier", administrator,
                        "TLS.sdkappid", sdkAppId,
                        "TLS.time", time,
                        "TLS.expire", expire,
                        "TLS.sig",
                                UserSigAlgorithm.hmac(
                                        KEY,
                                        "TLS.identifier:" + administrator + "\nTLS.sdkappid:" + sdkAppId + "\nTLS.time:"
                                                + time + "\nTLS.expire:" + expire + "\n")));
    }

    @Test
    void useTheAlphabetOfTheVendorAndNotThatOfRfc4648() {
        assertThat(UserSigAlgorithm.urlAlphabet("a+/=Z09")).isEqualTo("a*-_Z09");
    }
}
