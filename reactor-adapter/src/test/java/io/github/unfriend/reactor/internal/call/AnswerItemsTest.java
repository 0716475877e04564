/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.internal.wire.AnswerItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerItemsTest {

    /** As a map into which the first word about each account was put. */
    @Test
    void theFirstWordAboutAnAccountCountsInWhicheverOrder() {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            List<AnswerItem> list = IntStream.range(0, random.nextInt(8))
                    .mapToObj(i -> new AnswerItem("account-" + random.nextInt(5), i, ""))
                    .toList();
            Map<String, AnswerItem> map = new HashMap<>();
            list.forEach(item -> map.putIfAbsent(item.toAccount(), item));
            AnswerItems items = new AnswerItems(list);
            for (int account = 0; account < 5; account++) {
                String name = "account-" + account;
                if (random.nextInt(4) == 0) {
                    assertThat(items.names(name)).isEqualTo(map.containsKey(name));
                }
                assertThat(items.of(name)).as("seed %d", seed).isEqualTo(map.get(name));
            }
            assertThat(items.isEmpty()).isEqualTo(list.isEmpty());
        }
    }
}
