/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Knowing what was requested saves strings and changes nothing. */
class RequestedNamesTest {

    private static final List<String> NAMES =
            List.of("bob", "bo", "b\u00f6b", "\ud83d\ude00", "a\"b", "a\\b", "", "7", "x\ufffdy", "BOB");
    private static final List<String> INFOS = List.of("", "Err_SNS_FriendDelete_Not_Friend", "text", "t\u00e9xt");

    @Test
    void theAnswerIsTheSameWhateverWasRequested() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<String> requested = shuffled(random);
            List<String> named = random.nextBoolean() ? requested : shuffled(random);
            byte[] body = answer(random, named);

            assertThat(AnswerReader.friendDelete(body, requested.iterator()))
                    .as("seed %d", seed)
                    .isEqualTo(AnswerReader.friendDelete(body));
        }
    }

    @Test
    void aNameThatWasRequestedIsNotMadeAnew() {
        List<String> requested = List.of("alice", "bob", "carol");
        FriendDeleteAnswer answer = AnswerReader.friendDelete(answer(new Random(1), requested), requested.iterator());
        for (int i = 0; i < requested.size(); i++) {
            assertThat(answer.items().get(i).toAccount()).isSameAs(requested.get(i));
        }
    }

    private static List<String> shuffled(Random random) {
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            names.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        Collections.shuffle(names, random);
        return names;
    }

    private static byte[] answer(Random random, List<String> names) {
        String items = names.stream()
                .map(name -> "{\"To_Account\":" + (name.equals("7") ? "7" : quoted(random, name)) + ",\"ResultCode\":"
                        + random.nextInt(3) + ",\"ResultInfo\":" + quoted(random, INFOS.get(random.nextInt(4))) + "}")
                .collect(Collectors.joining(","));
        return ("{\"ResultItem\":[" + items + "],\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Some characters are escaped though they need not be. */
    private static String quoted(Random random, String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || random.nextInt(4) == 0) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
