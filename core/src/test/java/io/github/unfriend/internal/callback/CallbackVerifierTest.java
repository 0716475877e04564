/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.unfriend.CallbackRejectedException;
import io.github.unfriend.CallbackRejectedException.Reason;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.callback.FriendDeleteCallback;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackVerifierTest {
    /** The sample of the vendor's callback configuration document; the one in the older overview page is misprinted. */
    private static final String TOKEN = "xxxxyyyy";

    private static final String TIME = "1669872112";
    private static final String SIGN = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";
    private static final long APP = 1_400_000_000;
    private static final String APP_TEXT = "1400000000";

    @Test
    void acceptsTheSampleOfTheDocument() {
        Map<String, String> query = Map.of(
                "SdkAppid", APP_TEXT, "CallbackCommand", CallbackReader.COMMAND, "Sign", SIGN, "RequestTime", TIME);
        assertThatCode(() -> at(0).verify(query::get)).doesNotThrowAnyException();
        assertThatCode(() -> FriendDeleteCallback.verify(query::get, APP, TOKEN, clock(0)))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(() -> FriendDeleteCallback.verify(query::get, APP, "xxxyyy", clock(0)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-60_000, -59_999, -1, 1, 60_000})
    void acceptsAMinuteOfSkewEitherWay(long millis) {
        assertThatCode(() -> at(millis).verify(APP_TEXT, TIME, SIGN)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-60_001, 60_001, -3_600_000, 3_600_000})
    void rejectsMoreThanAMinute(long millis) {
        rejected(at(millis), APP_TEXT, TIME, SIGN, Reason.WRONG_TIME);
    }

    @Test
    void rejectsAWrongSign() {
        rejected(at(0), APP_TEXT, TIME, SIGN.substring(1), Reason.WRONG_SIGN);
        rejected(at(0), APP_TEXT, TIME, SIGN + "0", Reason.WRONG_SIGN);
        rejected(at(0), APP_TEXT, TIME, "0" + SIGN.substring(1), Reason.WRONG_SIGN);
        rejected(at(0), APP_TEXT, TIME, SIGN.toUpperCase(Locale.ROOT), Reason.WRONG_SIGN);
        rejected(at(0), APP_TEXT, "1669872113", SIGN, Reason.WRONG_SIGN);
        rejected(CallbackVerifier.of(APP, "xxxyyy", clock(0)), APP_TEXT, TIME, SIGN, Reason.WRONG_SIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1400000001", "01400000000", " 1400000000", "x"})
    void rejectsAnotherApp(String sdkAppid) {
        rejected(at(0), sdkAppid, TIME, SIGN, Reason.WRONG_APP);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void rejectsAMissingParameter(String nothing) {
        rejected(at(0), nothing, TIME, SIGN, Reason.MISSING_PARAMETER);
        rejected(at(0), APP_TEXT, nothing, SIGN, Reason.MISSING_PARAMETER);
        rejected(at(0), APP_TEXT, TIME, nothing, Reason.MISSING_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1669872112", "1669872112.0", "99999999999999999999", "١٦٦٩٨٧٢١١٢", "now", "1 "})
    void rejectsATimeThatIsNone(String time) {
        rejected(at(0), APP_TEXT, time, SIGN, Reason.MISSING_PARAMETER);
    }

    @Tag("promise-6")
    @Test
    void showsNeitherTokenNorSign() {
        assertThat(at(0).toString()).contains(APP_TEXT).doesNotContain(TOKEN);
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(() -> at(0).verify(APP_TEXT, TIME, "0"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(TOKEN, SIGN));
    }

    @Test
    void refusesAnImpossibleSetup() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> CallbackVerifier.of(0, TOKEN, clock(0)));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> CallbackVerifier.of(APP, " ", clock(0)));
    }

    private static void rejected(CallbackVerifier verifier, String sdkAppid, String time, String sign, Reason reason) {
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(() -> verifier.verify(sdkAppid, time, sign))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static CallbackVerifier at(long millisLater) {
        return CallbackVerifier.of(APP, TOKEN, clock(millisLater));
    }

    private static Clock clock(long millisLater) {
        return Clock.fixed(Instant.ofEpochSecond(Long.parseLong(TIME)).plusMillis(millisLater), ZoneOffset.UTC);
    }
}
