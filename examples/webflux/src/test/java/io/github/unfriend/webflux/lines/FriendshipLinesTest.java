/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Friendship;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Lists in every form they come in. */
class FriendshipLinesTest {

    private static final Friendship ALICE_BOB = new Friendship("alice", "bob");

    private static List<Friendship> read(byte[] bytes, int pieces) {
        FriendshipLines lines = new FriendshipLines();
        List<Friendship> all = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += pieces) {
            all.addAll(lines.take(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + pieces))));
        }
        all.addAll(lines.finish());
        return all;
    }

    private static List<Friendship> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), 1 << 16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice,bob",
                "alice,bob\n",
                "alice,bob\r\n",
                "\n\n  alice ,\tbob  \n\n",
                "From_Account,To_Account\nalice,bob\n",
                "\uFEFFalice,bob\n",
                "\uFEFFfrom_account,to_account\r\nalice,bob",
                "\"alice\",\"bob\"\n",
                "{\"from\":\"alice\",\"to\":\"bob\"}",
                "\n {\"to\":\"bob\", \"x\":{\"from\":[1]}, \"from\":\"alice\"} \n",
                "{\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"failed\",\"code\":30003,\"info\":\"\"}\r\n"
            })
    void readsEveryFormInPiecesOfAnySize(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int pieces = 1; pieces <= bytes.length; pieces++) {
            assertThat(read(bytes, pieces)).containsExactly(ALICE_BOB);
        }
    }

    @Test
    void takesWhateverStandsInQuotes() {
        assertThat(read("\"a,b\",\"c \"\"d\"\"\"\nx,y"))
                .containsExactly(new Friendship("a,b", "c \"d\""), new Friendship("x", "y"));
        assertThat(read("爱丽丝,鲍勃\n")).containsExactly(new Friendship("爱丽丝", "鲍勃"));
    }

    /** These are answered by the gateway, one by one: they are no reason to refuse a list. */
    @Test
    void letsAccountsThroughThatTheServiceWouldRefuse() {
        assertThat(read("alice,\n,bob\n\"\",\"\"\n"))
                .containsExactly(new Friendship("alice", ""), new Friendship("", "bob"), new Friendship("", ""));
        assertThat(read("{\"from\":\"\\ud800\",\"to\":\"bob\"}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alice | Line 1 has one field only",
                "a,b~alice,bob,carol | Line 2 has more than two fields",
                "a,b~~al\"ice,bob | Line 3 has a quote inside a field",
                "\"alice,bob | Line 1 has a quote that is not closed",
                "\"alice\"x,bob | Line 1 goes on behind a closing quote",
                "{\"from\":\"a\",\"to\":\"b\"}~alice,bob | Line 2 is no readable JSON",
                "{\"from\":\"a\",\"to\":\"b\"}~[1] | Line 2 is no JSON object",
                "{\"from\":\"a\"} | Line 1 has no member \"to\"",
                "{\"from\":\"a\",\"to\":7} | Line 1 has a member \"to\" that is no text",
                "{\"from\":\"a\",\"to\":\"b\",\"to\":\"c\"} | Line 1 has the member \"to\" twice",
                "{\"from\":\"a\",\"to\":\"b\"} {} | Line 1 goes on behind its JSON object",
                "{\"from\":\"a\",\"to | Line 1 is no readable JSON",
            })
    void tellsWhichLineIsWrongAndWhatIsWanted(String text, String problem) {
        assertThatThrownBy(() -> read(text.replace('~', '\n')))
                .isInstanceOf(BadLineException.class)
                .hasMessageStartingWith(problem)
                .hasMessageContaining("is wanted");
    }

    @Test
    void refusesWhatIsNoTextAndLinesWithoutEnd() {
        byte[] latin1 = "al\u00efce,bob\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(latin1, 3)).hasMessageContaining("Line 1 is not UTF-8");
        assertThatThrownBy(() -> read("a,b\n" + "x".repeat(5000))).hasMessageContaining("Line 2 is longer than 4096");
    }

    @Test
    void readsNoFurtherThanItIsAsked() {
        List<Integer> read = new ArrayList<>();
        Flux<DataBuffer> body = Flux.range(0, 1000)
                .doOnNext(read::add)
                .map(i -> DefaultDataBufferFactory.sharedInstance.wrap(
                        ("a,b" + i + "\n").getBytes(StandardCharsets.UTF_8)));

        StepVerifier.create(FriendshipLines.decode(body), 3)
                .expectNextCount(3)
                .then(() -> assertThat(read).hasSizeLessThan(9))
                .thenCancel()
                .verify();
    }

    @Test
    void givesWhatCameBeforeABadLine() {
        Flux<DataBuffer> body = Flux.just("alice,bob\nx\n")
                .map(text -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));

        StepVerifier.create(FriendshipLines.decode(body)).expectNext(ALICE_BOB).verifyError(BadLineException.class);
    }
}
