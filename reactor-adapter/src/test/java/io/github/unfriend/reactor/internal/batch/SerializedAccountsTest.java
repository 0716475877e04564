/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.internal.batch.SerializedAccounts.Turn;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SerializedAccountsTest {

    /** As many as are known at once. */
    private static final int MOST = 10_000;

    private final AtomicLong now = new AtomicLong();
    private final SerializedAccounts owners = new SerializedAccounts(now::get);

    private static String owner(int number) {
        return "owner-" + number;
    }

    @Test
    void oneAfterTheOtherIsServed() {
        owners.add("alice");
        AtomicInteger woken = new AtomicInteger();
        Turn first = Objects.requireNonNull(owners.enter("alice", woken::incrementAndGet));
        assertThat(owners.enter("alice", woken::incrementAndGet)).isNull();
        assertThat(owners.enter("alice", woken::incrementAndGet)).isNull();
        assertThat(woken).hasValue(0);
        first.giveBack();
        assertThat(woken).as("all who wait: the first may have gone").hasValue(2);
        assertThat(owners.enter("alice", woken::incrementAndGet)).isNotNull();
    }

    @Test
    void oneWithoutAConflictForSomeMinutesIsForgotten() {
        owners.add("alice");
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        owners.add("alice"); // again
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        assertThat(owners.contains("alice")).isTrue();
        AtomicInteger woken = new AtomicInteger();
        Turn turn = Objects.requireNonNull(owners.enter("alice", woken::incrementAndGet));
        assertThat(owners.enter("alice", woken::incrementAndGet)).isNull();
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(owners.contains("alice")).isFalse();
        assertThat(owners.size()).isZero();
        assertThat(woken).as("whoever waited").hasValue(1);
        turn.giveBack();
    }

    @Test
    void theOneNotedFirstIsForgottenWhenThereAreTooMany() {
        for (int i = 0; i < MOST; i++) {
            owners.add(owner(i));
        }
        AtomicInteger woken = new AtomicInteger();
        Turn taken = Objects.requireNonNull(owners.enter(owner(0), woken::incrementAndGet));
        assertThat(owners.enter(owner(0), woken::incrementAndGet)).isNull();
        assertThat(owners.size()).isEqualTo(MOST);

        owners.add(owner(1)); // known already
        assertThat(owners.contains(owner(0))).isTrue();

        owners.add(owner(MOST));
        assertThat(owners.size()).isEqualTo(MOST);
        assertThat(owners.contains(owner(0))).isFalse();
        assertThat(owners.contains(owner(1))).isTrue();
        assertThat(owners.contains(owner(MOST))).isTrue();
        assertThat(woken).as("whoever waited for the forgotten turn").hasValue(1);
        assertThat(owners.enter(owner(0), woken::incrementAndGet))
                .as("nobody is in the way of one that is not known")
                .isNotNull();
        taken.giveBack();

        owners.add(owner(0));
        assertThat(owners.contains(owner(0))).as("noted again").isTrue();
        assertThat(owners.contains(owner(1)))
                .as("and now this one was the first")
                .isFalse();
    }
}
