/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What waits keeps its turn, and what has gone is forgotten. */
@org.junit.jupiter.api.Tag("promise-1")
class BatchQueueTest {

    @Test
    void anAccountThatIsAlwaysOnItsWayKeepsNoHistory() {
        BatchQueue<String> queue = new BatchQueue<>(new BatchingOptions(1, 128_000, 64, 0, false));
        Pending<String> before = null;
        long begin = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            Pending<String> element = new Pending<>("e" + i, "a", "a", null);
            queue.add(element, i);
            Batch<String> batch = Objects.requireNonNull(queue.next(true, i));
            queue.take(batch);
            batch.waits();
            batch.leave();
            if (before != null) {
                queue.forget(before);
            }
            before = element;
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        int length = 0;
        for (@Nullable Pending<String> each = before; each != null; each = each.earlier) {
            length++;
        }
        assertThat(length).as("chain after " + millis + " ms").isLessThan(10);
    }

    @Test
    void anOwnerWhoseOnlyCallerLeftIsForgotten() {
        BatchQueue<String> queue = new BatchQueue<>(new BatchingOptions(1_000, 128_000, 0, 0, true));
        for (int i = 0; i < 1_000; i++) {
            Pending<String> element = new Pending<>("e", "owner-" + i, "x", null);
            queue.add(element, i);
            element.withdraw();
            Batch<String> batch = Objects.requireNonNull(element.batch);
            queue.takeOut(batch, Pending::isWithdrawn).forEach(queue::forget); // as its stream does
        }
        assertThat(queue.owners()).isZero();
    }

    @Test
    void whoWaitsKeepsItsTurnWhenAnotherOfItsOwnerLeaves() {
        BatchQueue<String> queue = new BatchQueue<>(new BatchingOptions(1_000, 128_000, 0, 0, true));
        Pending<String> patient = new Pending<>("p", "alice", "bob", null);
        Pending<String> hasty = new Pending<>("h", "alice", "carol", null);
        queue.add(patient, 1);
        queue.add(hasty, 2);
        queue.add(new Pending<>("l", "later", "bob", null), 3);
        hasty.withdraw();
        Batch<String> batch = Objects.requireNonNull(hasty.batch);
        queue.takeOut(batch, Pending::isWithdrawn).forEach(queue::forget);
        assertThat(Objects.requireNonNull(queue.next(false, 4)).fromAccount()).isEqualTo("alice");
    }
}
