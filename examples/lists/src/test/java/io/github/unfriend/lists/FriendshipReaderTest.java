/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Friendship;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in every form they come in, and the damage that lists have. */
class FriendshipReaderTest {

    private static final Friendship ALICE_BOB = new Friendship("alice", "bob");

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Friendship> pairs(byte[] bytes, int piece) {
        List<Friendship> all = new ArrayList<>();
        FriendshipReader reader = FriendshipReader.ofPairs(all::add);
        for (int i = 0; i < bytes.length; i += piece) {
            reader.take(bytes, i, Math.min(bytes.length, i + piece));
        }
        reader.finish();
        return all;
    }

    private static List<Friendship> pairs(String text) {
        return pairs(utf8(text), 1 << 16);
    }

    private static List<String> ids(String text) {
        List<String> all = new ArrayList<>();
        FriendshipReader reader = FriendshipReader.ofUserIds(
                id -> new Friendship("me", id), friendship -> all.add(friendship.toAccount()));
        byte[] bytes = utf8(text);
        reader.take(bytes, 0, bytes.length);
        reader.finish();
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice,bob",
                "alice,bob\n",
                "alice,bob\r\n",
                "alice,bob\r\r\n",
                "alice,bob\r",
                "\n\n  alice ,\tbob  \n\n",
                "From_Account,To_Account\nalice,bob\n",
                "sep=,\r\nalice,bob\r\n",
                "\uFEFFalice,bob\n",
                "\uFEFFfrom_account,to_account\r\nalice,bob",
                "\"alice\",\"bob\"\n",
                "{\"from\":\"alice\",\"to\":\"bob\"}",
                "\n {\"to\":\"bob\", \"x\":{\"from\":[1]}, \"from\":\"alice\"} \n",
                "{\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"failed\",\"code\":30003,\"info\":\"\"}\r\n"
            })
    void everyFormInPiecesOfAnySize(String text) {
        byte[] bytes = utf8(text);
        for (int piece = 1; piece <= bytes.length; piece++) {
            assertThat(pairs(bytes, piece)).containsExactly(ALICE_BOB);
        }
    }

    @Test
    void userIdsOneALine() {
        assertThat(ids("\uFEFFalice\nbob\r\n\n \t \n  carol \t\nå 李\ra,b\r\r\n\"q\"\nlast"))
                .containsExactly("alice", "bob", "carol", "å 李", "a,b", "\"q\"", "last");
        assertThat(ids("")).isEmpty();
        assertThat(ids("\n\r\n")).isEmpty();
    }

    @Test
    void whateverStandsInQuotes() {
        assertThat(pairs("\"a,b\",\"c \"\"d\"\"\"\r\n\" x \",y"))
                .containsExactly(new Friendship("a,b", "c \"d\""), new Friendship(" x ", "y"));
        assertThat(pairs("爱丽丝,鲍勃\n")).containsExactly(new Friendship("爱丽丝", "鲍勃"));
    }

    /** The gateway answers these, one by one: they are no reason to refuse a list. */
    @Test
    void accountsThatOnlyTheServiceWouldRefuse() {
        assertThat(pairs("alice,\n,bob\n\"\",\"\"\n"))
                .containsExactly(new Friendship("alice", ""), new Friendship("", "bob"), new Friendship("", ""));
        assertThat(pairs("{\"from\":\"\\ud800\",\"to\":\"bob\"}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alice | Line 1 has one field only",
                "a,b~alice,bob,carol | Line 2 has more than two fields",
                "a,b~~al\"ice,bob | Line 3 has a quote inside a field",
                "a,b^^~c | Line 3 has one field only",
                "\"alice,bob | Line 1 has a quote that is not closed",
                "\"alice~x\",bob | Line 1 has a quote that is not closed",
                "\"alice\"x,bob | Line 1 goes on behind a closing quote",
                "{\"from\":\"a\",\"to\":\"b\"}~alice,bob | Line 2 is no readable JSON",
                "{\"from\":\"a\",\"to\":\"b\"}~[1] | Line 2 is no JSON object",
                "{\"from\":\"a\"} | Line 1 has no member \"to\"",
                "{\"to\":\"a\"} | Line 1 has no member \"from\"",
                "{\"from\":\"a\",\"to\":7} | Line 1 has a member \"to\" that is no string",
                "{\"from\":\"a\",\"to\":\"b\",\"to\":\"c\"} | Line 1 has the member \"to\" twice",
                "{\"from\":\"a\",\"to\":\"b\"} {} | Line 1 goes on behind its JSON object",
                "{\"from\":\"a\",\"to | Line 1 is no readable JSON",
                "sep=;~a;b | Line 1 says \"sep=;\"",
                "a,b~sep=,~c,d | Line 2 says \"sep=,\"",
                "a,b~From_Account,To_Account~c,d | Line 2 is a header in the middle of the list",
            })
    void aBadLineIsNamedWithItsReasonAndWhatIsWanted(String text, String problem) {
        assertThatThrownBy(() -> pairs(text.replace('~', '\n').replace('^', '\r')))
                .isInstanceOf(BadLineException.class)
                .hasMessageStartingWith(problem)
                .hasMessageContaining("is wanted");
    }

    @ParameterizedTest
    @CsvSource({
        "FEFF, a byte order mark",
        "FFFD, a character that was lost",
        "001A, a control character",
        "001B, a control character",
        "007F, a control character",
        "0085, a control character",
    })
    void damageNeverBecomesPartOfAnAccount(String hex, String what) {
        String c = Character.toString(Integer.parseInt(hex, 16));
        for (String text : List.of("a,b\nc" + c + ",d\n", "a,b\nc,\"" + c + "\"", "a,b\n" + c + "c,d\n")) {
            assertThatThrownBy(() -> pairs(text))
                    .hasMessageStartingWith("Line 2 has an account with " + what + " (U+" + hex + ")");
        }
        assertThatThrownBy(() -> pairs("{\"from\":\"a\",\"to\":\"\\u" + hex + "\"}"))
                .hasMessageContaining(what);
        assertThatThrownBy(() -> ids("a\nb" + c))
                .hasMessageStartingWith("Line 2")
                .hasMessageContaining(what);
    }

    @Test
    void whatIsNoUtf8TextIsRefused() {
        byte[] latin1 = "al\u00efce,bob\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> pairs(latin1, 3)).hasMessageStartingWith("Line 1 is not UTF-8");
        assertThatThrownBy(() -> pairs("a,b".getBytes(StandardCharsets.UTF_16), 1))
                .hasMessageContaining("UTF-16");
        assertThatThrownBy(() -> pairs("a,b\n".getBytes(StandardCharsets.UTF_16LE), 1))
                .hasMessageContaining("UTF-16");
        assertThatThrownBy(() -> pairs(new byte[] {0x1F, (byte) 0x8B, 8}, 1)).hasMessageContaining("compressed");
        byte[] packed = new byte[100_000];
        packed[0] = 0x1F;
        packed[1] = (byte) 0x8B;
        assertThatThrownBy(() -> pairs(packed, 4096)).hasMessageContaining("compressed");
    }

    @Test
    void aLineWithoutEndIsNotKept() {
        assertThatThrownBy(() -> pairs("a,b\n" + "x".repeat(70_000)))
                .hasMessageStartingWith("Line 2 is longer than 65536");
        assertThatThrownBy(() -> pairs(utf8("x".repeat(70_000)), 1000)).hasMessageStartingWith("Line 1 is longer");
    }

    @Test
    void whatComesBeforeABadLineIsGiven() {
        List<Friendship> all = new ArrayList<>();
        FriendshipReader reader = FriendshipReader.ofPairs(all::add);
        byte[] bytes = utf8("alice,bob\nx\nc,d\n");
        assertThatThrownBy(() -> reader.take(bytes, 0, bytes.length)).isInstanceOf(BadLineException.class);
        assertThat(all).containsExactly(ALICE_BOB);
    }

    /** Random damage: the list is refused, or each account stands in the input. */
    @Test
    void noAccountThatIsNotInTheInput() {
        String[] parts = {
            "alice", "bob", ",", "\"", "\n", "\r\n", " ", "{\"from\":\"alice\",\"to\":\"bob\"}", "\uFEFF", "\\"
        };
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            List<Friendship> read;
            try {
                read = pairs(text.toString());
            } catch (BadLineException refused) {
                continue;
            }
            String unescaped = text.toString().replace("\"\"", "\"");
            for (Friendship friendship : read) {
                assertThat(unescaped).as("seed %d", seed).contains(friendship.fromAccount(), friendship.toAccount());
            }
        }
    }
}
