/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.unfriend.MalformedAnswerException;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer is UTF-8: one account has one spelling, and no other encoding is guessed. */
class AnswerEncodingTest {
    private static final String EMPTY = "{\"ActionStatus\":\"OK\",\"ErrorCode\":0}";

    /** The bytes are written as Latin-1 characters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00c0\u00af",
                "\u00e0\u0080\u00af",
                "\u00f0\u0080\u0080\u00af",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00f7\u00bf\u00bf\u00bf",
                "\u00ff",
                "\u0080",
                "\u00e4\u00b8"
            })
    void costsTheNameOrTheTextThatOnlyLooksLikeUtf8AndNothingElse(String bytes) {
        assertThat(items("\"To_Account\":\"" + bytes + "\",\"ResultCode\":0")).isEmpty();
        assertThat(items("\"To_Account\":\"a\",\"ResultCode\":0,\"New\":\"" + bytes + "\""))
                .containsExactly(new AnswerItem("a", 0, ""));
        assertThat(items("\"To_Account\":\"a\",\"ResultCode\":0,\"New" + bytes + "\":0"))
                .containsExactly(new AnswerItem("a", 0, ""));
        assertThat(items("\"To_Account\":\"a\",\"ResultCode\":7,\"ResultInfo\":\"why" + bytes + "\""))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.resultCode()).isEqualTo(7);
                    assertThat(item.resultInfo()).matches("why\uFFFD+");
                });
        assertThat(items("\"To_Account\":\"" + "x".repeat(5_000) + bytes + "\",\"ResultCode\":0"))
                .isEmpty();
        // The decoder of the JDK works in pieces: the bytes at fault may stand behind the first of them.
        String far = new String("\u4e2d".repeat(5_000).getBytes(UTF_8), ISO_8859_1);
        assertThat(items("\"To_Account\":\"" + far + bytes + "\",\"ResultCode\":0"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GBK, \u8aa0\u8a31", "Big5, \u8a31\u529f\u84cb", "GBK, \u4e0d\u662f\u597d\u53cb"})
    void readsTheCodeBesideATextInAnotherEncoding(String charset, String text) {
        byte[] body = ("{\"ActionStatus\":\"FAIL\",\"ErrorInfo\":\"" + text + "\",\"ErrorCode\":30003}")
                .getBytes(Charset.forName(charset));
        assertThat(AnswerReader.friendDelete(body).errorCode()).isEqualTo(30003);
        assertThat(AnswerReader.friendDeleteAll(body).errorCode()).isEqualTo(30003);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\t', '\0', '\n', '\u001b'})
    void readsATextWithAControlCharacterThatIsNotEscaped(char control) {
        assertThat(items("\"To_Account\":\"a\",\"ResultCode\":30006,\"ResultInfo\":\"x" + control + "y\""))
                .containsExactly(new AnswerItem("a", 30006, "x" + control + "y"));
    }

    @Test
    void readsEveryCharacterThereIsWhereverItStands() {
        StringBuilder all = new StringBuilder();
        for (int c = 0x7F; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        for (int before = 0; before < 16; before++) {
            String text = "x".repeat(before) + all;
            byte[] body = "{\"ErrorInfo\":\"%s\",\"ActionStatus\":\"OK\",\"ErrorCode\":0}"
                    .formatted(text)
                    .getBytes(UTF_8);
            assertThat(AnswerReader.friendDelete(body).errorInfo()).isEqualTo(text);
        }
    }

    @Test
    void passesOverAByteOrderMarkButOnlyOne() {
        assertThat(AnswerReader.friendDelete(("\uFEFF" + EMPTY).getBytes(UTF_8)).ok())
                .isTrue();
        byte[] within = (" \uFEFF" + EMPTY + " ").getBytes(UTF_8);
        assertThat(AnswerReader.friendDeleteAll(within, 1, within.length - 2).ok())
                .isTrue();
        refused(("\uFEFF\uFEFF" + EMPTY).getBytes(UTF_8));
        refused("\uFEFF".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void guessesNoOtherEncoding(String charset) {
        refused(EMPTY.getBytes(Charset.forName(charset)));
    }

    private static byte[] withItem(String item) {
        return ("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ResultItem\":[{" + item + "}]}").getBytes(ISO_8859_1);
    }

    private static List<AnswerItem> items(String item) {
        return AnswerReader.friendDelete(withItem(item)).items();
    }

    private static void refused(byte[] body) {
        assertThatExceptionOfType(MalformedAnswerException.class).isThrownBy(() -> AnswerReader.friendDelete(body));
        assertThatExceptionOfType(MalformedAnswerException.class).isThrownBy(() -> AnswerReader.friendDeleteAll(body));
    }
}
