/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class LineEncoderTest {

    private static String encode(ResultLine line) {
        LineEncoder encoder = new LineEncoder();
        encoder.add(line);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            encoder.writeTo(out);
            encoder.writeTo(out); // nothing is left
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theLineAsDocumented() {
        assertThat(encode(ResultLine.of(new ResultItem("alice", "bob", 0, ""))))
                .isEqualTo("{\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}\n");
        assertThat(encode(ResultLine.of(new ResultItem("alice", "bob", 31704, "x"))))
                .isEqualTo(
                        "{\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"not_friends\",\"code\":31704,\"info\":\"x\"}\n");
        assertThat(encode(ResultLine.of(new DeleteAllResult("alice", LocalCode.NO_ANSWER, ""))))
                .isEqualTo("{\"from\":\"alice\",\"outcome\":\"unknown\",\"code\":-2147483646,\"info\":\"\"}\n");
    }

    @Test
    void nothingInALineSteersTheTerminalOnWhichItIsRead() {
        String steering = "\u001b[2J\u009b2J\u0085\u007f\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069";
        String line = encode(new ResultLine("a", steering, Outcome.FAILED, 1, steering));
        assertThat(line.strip()).matches("[\\x20-\\x7e]+").contains("\\u001b[2J\\u009b2J\\u0085\\u007f\\u061c");
    }

    @Test
    void everyTextComesBackAsItWas() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            all.append((char) c);
        }
        all.append("\uFFFE\uFFFF😀𝄞");
        String line = encode(new ResultLine(all.toString(), "x", Outcome.FAILED, Integer.MIN_VALUE, "\"\\\n"));
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            assertThat(parser.nextName()).isEqualTo("from");
            parser.nextToken();
            assertThat(parser.getString()).isEqualTo(all.toString());
        }
    }

    @Test
    void halfACharacterDoesNotTearALine() {
        assertThat(encode(new ResultLine("a", "b", Outcome.FAILED, 1, "\uD800x\uDC00")))
                .endsWith(",\"info\":\"\\ud800x\\udc00\"}\n");
    }

    @Test
    void linesLongerThanTheBufferStayWhole() {
        String info = "é\u0001".repeat(100_000);
        assertThat(encode(new ResultLine("a", "b", Outcome.FAILED, 1, info)))
                .contains("é\\u0001é")
                .endsWith("\"}\n");
    }
}
