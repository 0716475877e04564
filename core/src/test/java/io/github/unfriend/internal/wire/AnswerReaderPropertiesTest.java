/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.MalformedAnswerException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are, the reader gives an answer or a {@link MalformedAnswerException}, and nothing else. */
class AnswerReaderPropertiesTest {
    private static final byte[] VALID =
            ("{\"ResultItem\":[{\"To_Account\":\"id1\",\"ResultCode\":0,\"ResultInfo\":\"\"},"
                            + "{\"To_Account\":\"用户😀\\u4e2d\\n\",\"ResultCode\":31704,\"ResultInfo\":\"Not_Friend\"}],"
                            + "\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"0\",\"ErrorDisplay\":\"\",\"X\":[1.5,true,null]}")
                    .getBytes(UTF_8);

    @Property
    void arbitraryBytes(@ForAll byte[] bytes) {
        answerOrMalformed(bytes);
    }

    @Property(tries = 5_000)
    void aValidAnswerWithAFewBytesChanged(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) {
        Random random = new Random(seed);
        byte[] bytes = VALID.clone();
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        answerOrMalformed(bytes);
    }

    @Property(tries = 2_000)
    void aValidAnswerWithAPartTakenOutOrDoubled(@ForAll long seed) {
        Random random = new Random(seed);
        int from = random.nextInt(VALID.length);
        int to = from + random.nextInt(VALID.length - from + 1);
        byte[] without = new byte[VALID.length - (to - from)];
        System.arraycopy(VALID, 0, without, 0, from);
        System.arraycopy(VALID, to, without, from, VALID.length - to);
        answerOrMalformed(without);
        byte[] doubled = new byte[VALID.length + (to - from)];
        System.arraycopy(VALID, 0, doubled, 0, to);
        System.arraycopy(VALID, from, doubled, to, VALID.length - from);
        answerOrMalformed(doubled);
    }

    @Property(tries = 1)
    void everyCutIsNoticed() {
        for (int length = 0; length < VALID.length; length++) {
            try {
                AnswerReader.friendDelete(VALID, 0, length);
            } catch (MalformedAnswerException e) {
                continue;
            }
            throw new AssertionError("taken for a whole answer after " + length + " bytes");
        }
        assertThat(AnswerReader.friendDelete(VALID).items()).hasSize(2);
    }

    @Property(tries = 1_000)
    void randomWordsOfJson(@ForAll @Size(max = 40) List<@IntRange(max = 15) Integer> words) {
        String[] vocabulary = {
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"ErrorCode\"",
            "\"ActionStatus\"",
            "\"ResultItem\"",
            "\"To_Account\"",
            "\"OK\"",
            "0",
            "-",
            "null",
            "\\u0000",
            "\uFEFF"
        };
        StringBuilder text = new StringBuilder("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ResultItem\":[");
        words.forEach(word -> text.append(vocabulary[word]));
        answerOrMalformed(text.toString().getBytes(UTF_8));
    }

    private static void answerOrMalformed(byte[] bytes) {
        try {
            assertThat(AnswerReader.friendDelete(bytes).actionStatus()).isNotNull();
        } catch (MalformedAnswerException e) {
            assertThat(e.getMessage()).startsWith("The answer ").hasSizeLessThan(120);
        }
        try {
            assertThat(AnswerReader.friendDeleteAll(bytes).actionStatus()).isNotNull();
        } catch (MalformedAnswerException e) {
            assertThat(e.getMessage()).startsWith("The answer ").hasSizeLessThan(120);
        }
    }
}
