/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.unfriend.CallbackRejectedException;
import io.github.unfriend.CallbackRejectedException.Reason;
import io.github.unfriend.Friendship;
import io.github.unfriend.internal.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FriendDeleteCallbackTest {
    /** The sample of the callback document. */
    private static final String SAMPLE = """
            {"CallbackCommand":"Sns.CallbackFriendDelete","PairList":[{"From_Account":"id","To_Account":"id1"},{"From_Account":"id","To_Account":"id2"}]}
            """;

    @Test
    void readsTheSampleOfTheDocument() {
        assertThat(read(SAMPLE))
                .isEqualTo(new FriendDeleteCallback(
                        List.of(new Friendship("id", "id1"), new Friendship("id", "id2")), null, null, null));
    }

    @Test
    void takesTheRestFromTheQuery() {
        Map<String, String> query = Map.of(
                "CallbackCommand", FriendDeleteCallback.COMMAND,
                "OptPlatform", "RESTAPI",
                "ClientIP", "192.0.2.1",
                "RequestId", "Id-1");
        FriendDeleteCallback callback = FriendDeleteCallback.read(SAMPLE.getBytes(UTF_8), query::get);
        assertThat(callback.optPlatform()).isEqualTo("RESTAPI");
        assertThat(callback.fromRestApi()).isTrue();
        assertThat(callback.clientIp()).isEqualTo("192.0.2.1");
        assertThat(callback.requestId()).isEqualTo("Id-1");
        assertThat(read(SAMPLE).fromRestApi()).isFalse();
    }

    @Test
    void isLenientWhereNothingIsLost() {
        FriendDeleteCallback callback = read("""
                {"EventTime":1.5,"PairList":[{"To_Account":"b","New":{},"From_Account":"a"},{"From_Account":"a"},
                 {"To_Account":"b"},{"From_Account":1,"To_Account":"b"},null,7,[],
                 {"From_Account":"x","From_Account":"y","To_Account":"z"},{"From_Account":"x","To_Account":7,"To_Account":"z"},
                 {"From_Account":null,"From_Account":"y","To_Account":"z"},{"From_Account":"b","To_Account":"a"}],
                 "RequestId":"Id-2","CallbackCommand":"Sns.CallbackFriendDelete","More":[{}]}
                """);
        assertThat(callback.removed()).containsExactly(new Friendship("a", "b"), new Friendship("b", "a"));
        assertThat(callback.removed()).isUnmodifiable();
        assertThat(callback.requestId()).isEqualTo("Id-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\"}",
                "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":null}",
                "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":{}}",
                "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":[",
                "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":[],\"PairList\":[]}",
                "{\"CallbackCommand\":null,\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":[]}",
                "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":[],\"RequestId\":\"a\",\"RequestId\":\"b\"}",
                "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":[]} x"
            })
    void rejectsABodyThatIsNone(String body) {
        rejected(body, Reason.MALFORMED_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"PairList\":[]}",
                "{\"CallbackCommand\":\"Sns.CallbackFriendAdd\",\"PairList\":[]}",
                "{\"CallbackCommand\":null,\"PairList\":[]}"
            })
    void rejectsAnotherCallback(String body) {
        rejected(body, Reason.WRONG_COMMAND);
    }

    @Test
    void rejectsAnotherCallbackByItsQuery() {
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(() -> FriendDeleteCallback.read(
                        SAMPLE.getBytes(UTF_8), Map.of("CallbackCommand", "Sns.CallbackFriendAdd")::get))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_COMMAND));
    }

    @Test
    void boundsThePairs() {
        rejected(
                "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":[" + "0,".repeat(Json.MOST_ELEMENTS)
                        + "0]}",
                Reason.MALFORMED_BODY);
    }

    @Test
    void answersAsTheDocumentSays() {
        assertThat(new String(FriendDeleteCallback.answer(), UTF_8))
                .isEqualTo("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}");
        FriendDeleteCallback.answer()[0] = 'x';
        assertThat(FriendDeleteCallback.answer()[0]).isEqualTo((byte) '{');
    }

    @Property(tries = 2_000)
    void givesACallbackOrARejectionWhateverTheBytes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = SAMPLE.getBytes(UTF_8);
        for (int i = 0; i <= seed % 5; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try {
            assertThat(FriendDeleteCallback.read(bytes, name -> null).removed()).hasSizeLessThanOrEqualTo(2);
        } catch (CallbackRejectedException e) {
            assertThat(e.reason()).isIn(Reason.MALFORMED_BODY, Reason.WRONG_COMMAND);
        }
    }

    private static void rejected(String body, Reason reason) {
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(() -> read(body))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static FriendDeleteCallback read(String body) {
        return FriendDeleteCallback.read(body.getBytes(UTF_8), name -> null);
    }
}
