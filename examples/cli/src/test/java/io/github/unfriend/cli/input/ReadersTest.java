/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Friendship;
import io.github.unfriend.lists.LineCutter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadersTest {

    private static List<Friendship> pairs(InputStream in) {
        return all(Input.pairs("-", in).open());
    }

    private static List<Friendship> pairs(String text) {
        return pairs(stream(text));
    }

    private static List<String> ids(String text) {
        return all(Input.ids("-", stream(text), id -> new Friendship("me", id)).open()).stream()
                .map(Friendship::toAccount)
                .toList();
    }

    private static List<Friendship> all(AccountReader reader) {
        List<Friendship> all = new ArrayList<>();
        try (reader) {
            for (Friendship next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
        }
        return all;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Friendship pair(String from, String to) {
        return new Friendship(from, to);
    }

    @Test
    void idsOneALine() {
        assertThat(ids("alice\nbob\r\n\n \t \n  carol \t\nå 李\nlast"))
                .containsExactly("alice", "bob", "carol", "å 李", "last");
        assertThat(ids("")).isEmpty();
        assertThat(ids("\n\n")).isEmpty();
        assertThat(ids("\uFEFFalice\n")).containsExactly("alice");
        assertThat(ids("a,b\n\"q\"\n")).containsExactly("a,b", "\"q\"");
    }

    @Test
    void csvAsTheRfcHasIt() {
        assertThat(pairs("a,b\r\n\"c\"\"x\",\" d \"\n\n e , f \n\"g,h\",i\n"))
                .containsExactly(pair("a", "b"), pair("c\"x", " d "), pair("e", "f"), pair("g,h", "i"));
        assertThat(pairs("\uFEFFFrom_Account,To_Account\na,b\n")).containsExactly(pair("a", "b"));
        assertThatThrownBy(() -> pairs("a,b\nFrom_Account,To_Account\n")).hasMessageContaining("Line 2");
        assertThat(pairs("a,\n,b\n\"\",c\n")).containsExactly(pair("a", ""), pair("", "b"), pair("", "c"));
    }

    @Test
    void ndjsonByItsFirstCharacter() {
        assertThat(pairs("\n {\"to\":\"b\",\"from\":\"a\",\"x\":{\"from\":1},\"code\":3}\r\n\n"
                        + "{\"from\":\"\\u00e5\\\"\",\"to\":\"c\",\"outcome\":\"failed\"}"))
                .containsExactly(pair("a", "b"), pair("å\"", "c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "alone                 | Line 3 of the standard input has one field only",
                "a,b,c                 | Line 3 of the standard input has more than two fields",
                "a,b\"c                | Line 3 of the standard input has a quote inside",
                "\"a\"b,c              | Line 3 of the standard input goes on behind a closing quote",
                "\"a,b                 | Line 3 of the standard input has a quote that is not closed",
            })
    void malformedCsvNamesItsLine(String line, String message) {
        assertThatThrownBy(() -> pairs("x,y\n\n" + line.strip() + "\nx,z\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"from\":\"a\"}            | Line 2 of the standard input has no member \"to\"",
                "{\"to\":\"a\"}              | Line 2 of the standard input has no member \"from\"",
                "{\"from\":1,\"to\":\"a\"}   | Line 2 of the standard input has a member \"from\" that is no string",
                "{\"from\":\"a\",\"to\":\"b\" | Line 2 of the standard input is no readable JSON",
                "[]                          | Line 2 of the standard input is no JSON object",
                "{\"from\":\"a\",\"to\":\"b\"} x | Line 2 of the standard input",
            })
    void malformedJsonNamesItsLine(String line, String message) {
        assertThatThrownBy(() -> pairs("{\"from\":\"a\",\"to\":\"b\"}\n" + line.strip() + "\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void whatComesBeforeAMalformedLineIsRead() {
        AccountReader reader = Input.pairs("-", stream("a,b\nbad\n")).open();
        assertThat(reader.next()).isEqualTo(pair("a", "b"));
        assertThatThrownBy(reader::next).isInstanceOf(BadInputException.class);
    }

    @Test
    void whatIsNoUtf8TextIsRefused() {
        assertThatThrownBy(() -> pairs(new ByteArrayInputStream(new byte[] {'a', ',', (byte) 0xC3, '\n'})))
                .hasMessageContaining("Line 1")
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> ids("a\nb\0\n")).hasMessageContaining("Line 2").hasMessageContaining("binary");
        assertThatThrownBy(() -> pairs(new ByteArrayInputStream("a,b".getBytes(StandardCharsets.UTF_16))))
                .hasMessageContaining("UTF-16");
        assertThatThrownBy(() -> pairs(new ByteArrayInputStream(new byte[] {0x1F, (byte) 0x8B, 8})))
                .hasMessageContaining("compressed");
        assertThatThrownBy(() -> ids("x".repeat(3 * LineCutter.LONGEST_LINE))).hasMessageContaining("Line 1");
        assertThatThrownBy(() -> ids("\uFFFD\n")).hasMessageContaining("Line 1").hasMessageContaining("lost");
    }

    @Test
    void piecesOfAnySizeMakeTheSameRecords() {
        String text = "\uFEFF" + "\"a\"\"1\",b\r\n".repeat(20_000) + "last,one";
        List<Friendship> whole = pairs(text);
        assertThat(whole).hasSize(20_001).endsWith(pair("last", "one"));
        for (int piece : new int[] {1, 2, 3, 7, 4096}) {
            assertThat(pairs(new Pieces(stream(text), piece))).isEqualTo(whole);
        }
    }

    @Test
    void aFailingStreamIsTold() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> pairs(broken))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("losed");
    }

    /** Gives a few bytes at a time, as a pipe may. */
    private static final class Pieces extends InputStream {
        private final InputStream in;
        private final int size;

        Pieces(InputStream in, int size) {
            this.in = in;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, Math.min(size, length));
        }
    }
}
