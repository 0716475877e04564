/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The UserSig verifier: against vectors made by the vendor's own library, and code by code. */
class SignatureTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
    private static final String ADMIN = SandboxOptions.ADMINISTRATOR;
    private final Ticking clock = new Ticking(TIME);

    /** The flat members of each vector; nested objects repeat them and are skipped. */
    static List<Map<String, String>> vectors() throws IOException {
        List<Map<String, String>> vectors = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(SignatureTest.class.getResourceAsStream("/usersig-vectors.json"));
                JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            while (!(parser.nextToken() == JsonToken.START_ARRAY && "vectors".equals(parser.currentName()))) {
                assertThat(parser.currentToken()).isNotNull();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> vector = new HashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    vector.put(name, parser.getValueAsString());
                    parser.skipChildren();
                }
                vectors.add(vector);
            }
        }
        assertThat(vectors).hasSizeGreaterThan(10);
        return vectors;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsAndVerifiesWhatTheVendorsLibraryMade(Map<String, String> vector) {
        UserSig userSig = Objects.requireNonNull(UserSig.decode(vector.getOrDefault("usersig", "")));
        assertThat(userSig.identifier()).isEqualTo(vector.getOrDefault("identifier", ""));
        assertThat(userSig.sdkAppId()).isEqualTo(Long.parseLong(vector.getOrDefault("sdkappid", "")));
        assertThat(userSig.time()).isEqualTo(Long.parseLong(vector.getOrDefault("time", "")));
        assertThat(userSig.expire()).isEqualTo(Long.parseLong(vector.getOrDefault("expire", "")));
        assertThat(userSig.signature()).isEqualTo(vector.getOrDefault("tls_sig", ""));
        assertThat(userSig.madeWith(vector.getOrDefault("key", ""))).isTrue();
        assertThat(userSig.madeWith(vector.getOrDefault("key", "") + "x")).isFalse();
        assertThat(userSig.toString()).doesNotContain(vector.getOrDefault("tls_sig", ""));
    }

    @Test
    void readsWhatItIssuesItself() {
        UserSig userSig = Objects.requireNonNull(UserSig.decode(UserSig.issue("key", "a\"\\用", 7, 8, 9)));
        assertThat(userSig.identifier()).isEqualTo("a\"\\用");
        assertThat(userSig.madeWith("key")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "eJyrVgrxCdY", "!!!!", "{}"})
    void noUserSigIs70003(String text) {
        assertThat(check(SandboxOptions.builder()).check(ADMIN, text)).isEqualTo(70003);
    }

    @Test
    void documentsThatLackAMemberOrNeverEndAre70003() {
        SignatureCheck check = check(SandboxOptions.builder());
        String whole = "{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"a\",\"TLS.sdkappid\":1,\"TLS.time\":1,"
                + "\"TLS.expire\":1,\"TLS.sig\":\"eA==\"}";
        assertThat(UserSig.decode(packed(whole))).isNotNull();
        for (String member : List.of("ver", "identifier", "sdkappid", "time", "expire", "sig")) {
            String text = packed(whole.replace("TLS." + member, "TLS.other"));
            assertThat(check.check("a", text)).as(member).isEqualTo(70003);
        }
        assertThat(check.check("a", packed(whole.replace(":1,", ":\"1\",")))).isEqualTo(70003);
        assertThat(check.check("a", packed("[]"))).isEqualTo(70003);
        assertThat(check.check("a", packed(" ".repeat(9000) + whole))).isEqualTo(70003);
    }

    @Test
    void eachMismatchHasItsCode() {
        SignatureCheck check = check(SandboxOptions.builder());
        assertThat(check.check(ADMIN, sig(ADMIN, 0))).isZero();
        assertThat(check.check(ADMIN, "")).isEqualTo(70002);
        assertThat(check.check(ADMIN, sig("other", 0))).isEqualTo(70013);
        assertThat(check.check("other", sig("other", 0))).isEqualTo(60010);
        assertThat(check.check(ADMIN, UserSig.issue(SandboxOptions.SECRET_KEY, ADMIN, 1, 0, 0)))
                .isEqualTo(70014);
        assertThat(check.check(ADMIN, UserSig.issue("wrong", ADMIN, SandboxOptions.SDK_APP_ID, 1, 1)))
                .isEqualTo(70009);
    }

    @Test
    void theLastSecondIsStillGood() {
        SignatureCheck check = check(SandboxOptions.builder());
        String signature = sig(ADMIN, 0);
        clock.now = TIME.plusSeconds(3600).plusMillis(999);
        assertThat(check.check(ADMIN, signature)).isZero();
        clock.now = TIME.plusSeconds(3601);
        assertThat(check.check(ADMIN, signature)).isEqualTo(70001);
    }

    @Test
    void aSkewedClockJudgesByItsOwnTime() {
        SignatureCheck ahead = check(SandboxOptions.builder().clockSkew(Duration.ofSeconds(3601)));
        assertThat(ahead.check(ADMIN, sig(ADMIN, 0))).isEqualTo(70001);
        assertThat(ahead.check(ADMIN, sig(ADMIN, 1))).isZero();
    }

    @Test
    void aKickEndsEarlierSignatures() {
        SignatureCheck check = check(SandboxOptions.builder());
        check.kick(TIME);
        assertThat(check.check(ADMIN, sig(ADMIN, -1))).isEqualTo(70001);
        assertThat(check.check(ADMIN, sig(ADMIN, 0))).isZero();
    }

    @Test
    void failedChecksLockForAMinute() {
        SignatureCheck check = check(SandboxOptions.builder().failedChecksBeforeLock(3));
        String good = sig(ADMIN, 0);
        assertThat(check.check(ADMIN, "bad")).isEqualTo(70003);
        assertThat(check.check("other", sig("other", 0))).isEqualTo(60010);
        assertThat(check.check(ADMIN, "bad")).isEqualTo(70003);
        clock.now = TIME.plusSeconds(61);
        assertThat(check.check(ADMIN, "bad")).isEqualTo(70003);
        assertThat(check.check(ADMIN, "bad")).isEqualTo(70003);
        assertThat(check.check(ADMIN, good)).isZero();
        assertThat(check.check(ADMIN, "bad")).isEqualTo(70003);
        assertThat(check.check(ADMIN, good)).isEqualTo(70050);
        clock.now = TIME.plusSeconds(120);
        assertThat(check.check(ADMIN, good)).isEqualTo(70050);
        clock.now = TIME.plusSeconds(121);
        assertThat(check.check(ADMIN, good)).isZero();
    }

    @Test
    void manySignaturesDoNotPileUp() {
        SignatureCheck check = check(SandboxOptions.builder());
        for (int i = 0; i < 600; i++) {
            assertThat(check.check(ADMIN, sig(ADMIN, i))).isZero();
        }
    }

    @Test
    void throughTheWire() throws IOException {
        try (Sandbox sandbox = Sandbox.start();
                Caller caller = new Caller(sandbox)) {
            sandbox.friends().befriend("id", "id1").befriend("id", "id2");
            Map<String, String> query = Caller.query();
            query.put("usersig", Caller.signature(ADMIN, Caller.NOW - 100, 10));
            String body = Caller.delete("id", "id1");
            assertThat(caller.call(Api.FRIEND_DELETE, query, body).body())
                    .isEqualTo("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":70001,\"ErrorInfo\":\"UserSig expired\","
                            + "\"ErrorDisplay\":\"\"}");
            query.put("usersig", Caller.signature(ADMIN, Caller.NOW - 100, 1000));
            assertThat(caller.call(Api.FRIEND_DELETE, query, body).code()).isZero();
            assertThat(sandbox.kick()).isAfterOrEqualTo(Instant.ofEpochSecond(Caller.NOW));
            assertThat(caller.call(Api.FRIEND_DELETE, query, body).code()).isEqualTo(70001);
            assertThat(sandbox.score().deletions()).isEqualTo(1);
        }
    }

    private SignatureCheck check(SandboxOptionsBuilder options) {
        return new SignatureCheck(options.clock(clock).build());
    }

    private static String sig(String identifier, long offset) {
        return Caller.signature(identifier, TIME.getEpochSecond() + offset, 3600);
    }

    private static String packed(String document) {
        Deflater deflater = new Deflater();
        deflater.setInput(document.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        deflater.finish();
        byte[] bytes = new byte[1024];
        int length = deflater.deflate(bytes);
        deflater.end();
        return Base64.getEncoder()
                .encodeToString(java.util.Arrays.copyOf(bytes, length))
                .replace('+', '*')
                .replace('/', '-')
                .replace('=', '_');
    }

    private static final class Ticking extends Clock {
        Instant now;

        Ticking(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
