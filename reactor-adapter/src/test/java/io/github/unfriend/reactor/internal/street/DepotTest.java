/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What waits keeps its turn, and what has gone is forgotten. */
@org.junit.jupiter.api.Tag("promise-1")
class DepotTest {

    @Test
    void anAccountThatIsAlwaysOnItsWayKeepsNoHistory() {
        Depot<String> depot = new Depot<>(new Gathering(1, 128_000, 64, 0, false));
        Pending<String> before = null;
        long begin = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            Pending<String> element = new Pending<>("e" + i, "a", "a");
            depot.add(element, i);
            Batch<String> batch = Objects.requireNonNull(depot.next(true, i));
            depot.take(batch);
            batch.waits();
            batch.leave();
            if (before != null) {
                depot.forget(before);
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
    void anOwnerWhoseOnlyCallerLeftIsForgotten() throws Exception {
        Depot<String> depot = new Depot<>(new Gathering(1_000, 128_000, 0, 0, true));
        for (int i = 0; i < 1_000; i++) {
            Pending<String> element = new Pending<>("e", "owner-" + i, "x");
            depot.add(element, i);
            element.withdrawn = true;
            Batch<String> batch = Objects.requireNonNull(element.batch);
            depot.takeOut(batch, each -> each.withdrawn).forEach(depot::forget); // as Run.dropWithdrawn does
        }
        Field owners = Depot.class.getDeclaredField("owners");
        owners.setAccessible(true);
        assertThat((Map<?, ?>) owners.get(depot)).isEmpty();
    }

    @Test
    void whoWaitsKeepsItsTurnWhenAnotherOfItsOwnerLeaves() {
        Depot<String> depot = new Depot<>(new Gathering(1_000, 128_000, 0, 0, true));
        Pending<String> patient = new Pending<>("p", "alice", "bob");
        Pending<String> hasty = new Pending<>("h", "alice", "carol");
        depot.add(patient, 1);
        depot.add(hasty, 2);
        depot.add(new Pending<>("l", "later", "bob"), 3);
        hasty.withdrawn = true;
        Batch<String> batch = Objects.requireNonNull(hasty.batch);
        depot.takeOut(batch, each -> each.withdrawn).forEach(depot::forget);
        assertThat(Objects.requireNonNull(depot.next(false, 4)).fromAccount()).isEqualTo("alice");
    }
}
