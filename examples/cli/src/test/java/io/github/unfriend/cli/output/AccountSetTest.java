/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.cli.output.AccountSet.Standing;
import org.junit.jupiter.api.Test;

class AccountSetTest {

    @Test
    void remembersAccountsAndWhetherTheyAreDone() {
        AccountSet set = new AccountSet();
        assertThat(set.see("a", "b")).isEqualTo(Standing.NEW);
        assertThat(set.see("a", "b")).isEqualTo(Standing.SEEN);
        assertThat(set.see("ab", "")).isEqualTo(Standing.NEW);
        assertThat(set.see("", "ab")).isEqualTo(Standing.NEW);
        assertThat(set.see("b", "a")).isEqualTo(Standing.NEW);
        assertThat(set.markDone("c", "d")).isTrue();
        assertThat(set.markDone("c", "d")).isFalse();
        assertThat(set.see("c", "d")).isEqualTo(Standing.DONE);
        assertThat(set.see("c", "d")).as("a duplicate").isEqualTo(Standing.SEEN);
        assertThat(set.markDone("c", "d")).isFalse();
        assertThat(set.markDone("a", "b")).isTrue();
        assertThat(set.see("a", "b")).isEqualTo(Standing.SEEN);
        assertThat(set.size()).isEqualTo(5);
    }

    @Test
    void growsOutOfTheHeapWithoutLosingOrInventingAny() {
        AccountSet set = new AccountSet();
        int owners = 1000;
        int friends = 1000;
        for (int i = 0; i < owners * friends; i++) {
            String from = "owner-" + i / friends;
            String to = "friend-" + i % friends;
            if (i % 3 == 0) {
                assertThat(set.markDone(from, to)).isTrue();
            } else {
                assertThat(set.see(from, to)).isEqualTo(Standing.NEW);
            }
        }
        assertThat(set.size()).isEqualTo((long) owners * friends);
        for (int i = 0; i < owners * friends; i += 7) {
            assertThat(set.see("owner-" + i / friends, "friend-" + i % friends))
                    .isEqualTo(i % 3 == 0 ? Standing.DONE : Standing.SEEN);
        }
        assertThat(set.see("owner-0", "friend-1000")).isEqualTo(Standing.NEW);
    }
}
