/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Friendship;
import io.github.unfriend.benchmarks.demand.web.Friendships;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FriendshipsTest {

    @Test
    void everyThousandHasItsOwnFromAccount() {
        List<List<Friendship>> calls =
                Friendships.endless().take(65_000).buffer(1_000).toStream().toList();
        assertThat(calls).hasSize(65);
        assertThat(calls)
                .allMatch(call ->
                        call.stream().map(Friendship::fromAccount).distinct().count() == 1);
        assertThat(calls.get(64).get(0).fromAccount())
                .isEqualTo(calls.get(0).get(0).fromAccount());
    }

    @Test
    void noneComesAgainSoon() {
        Set<Friendship> seen = new HashSet<>();
        Friendships.endless().take(1_024_000).doOnNext(seen::add).blockLast();
        assertThat(seen).hasSize(1_024_000);
        assertThat(seen.stream().map(Friendship::toAccount).distinct().count()).isEqualTo(Friendships.FRIENDS);
    }
}
