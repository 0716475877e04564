/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.unfriend.DeleteType;
import io.github.unfriend.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class RequestWriterTest {

    @Test
    void escapesWhatJsonNeedsAndKeepsTheRestAsUtf8() {
        byte[] body = RequestWriter.friendDelete("a\"b\\c/d", DeleteType.SINGLE, List.of("\n\u0001", "用户", "😀", ""));
        assertThat(new String(body, UTF_8))
                .isEqualTo("{\"From_Account\":\"a\\\"b\\\\c/d\",\"To_Account\":[\"\\n\\u0001\",\"用户\",\"😀\",\"\"],"
                        + "\"DeleteType\":\"Delete_Type_Single\"}");
    }

    @Test
    void takesUpTo1000AccountsAndNoMore() {
        assertThat(read(RequestWriter.friendDelete("id", DeleteType.BOTH, accounts(1_000))).toAccounts)
                .isEqualTo(accounts(1_000));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> RequestWriter.friendDelete("id", DeleteType.BOTH, accounts(1_001)))
                .withMessageContaining("1001");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> RequestWriter.friendDelete("id", DeleteType.BOTH, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
    void refusesHalfACharacter(String account) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> RequestWriter.friendDelete("id", DeleteType.SINGLE, List.of("a", account)));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> RequestWriter.friendDelete(account, DeleteType.SINGLE, List.of("a")));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> RequestWriter.friendDeleteAll(account, DeleteType.SINGLE));
    }

    @Property
    void whatIsWrittenCanBeReadBack(
            @ForAll("texts") String fromAccount, @ForAll DeleteType type, @ForAll("lists") List<String> toAccounts) {
        Body body = read(RequestWriter.friendDelete(fromAccount, type, toAccounts));
        assertThat(body.names).containsExactly("From_Account", "To_Account", "DeleteType");
        assertThat(body.fromAccount).isEqualTo(fromAccount);
        assertThat(body.toAccounts).isEqualTo(toAccounts);
        assertThat(body.deleteType).isEqualTo(type.wireName());

        Body all = read(RequestWriter.friendDeleteAll(fromAccount, type));
        assertThat(all.names).containsExactly("From_Account", "DeleteType");
        assertThat(all.fromAccount).isEqualTo(fromAccount);
        assertThat(all.deleteType).isEqualTo(type.wireName());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(60)
                .filter(text -> UTF_8.newEncoder().canEncode(text));
    }

    @Provide
    Arbitrary<List<String>> lists() {
        return texts().list().ofMinSize(1).ofMaxSize(20);
    }

    private static List<String> accounts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "friend-" + i).toList();
    }

    private static final class Body {
        private final List<String> names = new ArrayList<>();
        private final List<String> toAccounts = new ArrayList<>();
        private String fromAccount = "";
        private String deleteType = "";
    }

    private static Body read(byte[] json) {
        Body body = new Body();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                body.names.add(name);
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "From_Account" -> body.fromAccount = parser.getString();
                    case "DeleteType" -> body.deleteType = parser.getString();
                    default -> {
                        assertThat(token).isEqualTo(JsonToken.START_ARRAY);
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            body.toAccounts.add(parser.getString());
                        }
                    }
                }
            }
            assertThat(parser.nextToken()).isNull();
        }
        return body;
    }
}
