/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The gatherer against the simplest thing that could do the same. */
class GathererTest {

    /** Numbers below 900 add an account, the others take a batch out in one of three ways. */
    @Property(tries = 500)
    void doesWhatAMapOfSetsWouldDo(
            @ForAll @IntRange(min = 1, max = 7) int maxBatch,
            @ForAll @Size(max = 400) List<@IntRange(max = 999) Integer> steps) {
        Gatherer gatherer = new Gatherer(maxBatch);
        Map<String, Set<String>> model = new HashMap<>();
        List<Set<String>> full = new ArrayList<>();
        long now = 0;
        for (int step : steps) {
            now++;
            if (step < 900) {
                String owner = "o" + step % 6;
                String account = "a" + step / 6 % 10;
                Set<String> group = model.computeIfAbsent(owner, name -> new HashSet<>());
                assertThat(gatherer.add(owner, account, Trace.FRESH, now)).isEqualTo(group.add(account));
                if (group.size() == maxBatch) {
                    full.add(model.remove(owner));
                }
            } else if (step < 930) {
                Batch batch = gatherer.pollFull();
                assertThat(batch == null ? null : batch.accounts().keySet())
                        .isEqualTo(full.isEmpty() ? null : full.remove(0));
            } else {
                takeOpen(step < 965 ? gatherer.pollFullest() : gatherer.pollOldest(), step < 965, model, full);
            }
            int held = full.stream().mapToInt(Set::size).sum()
                    + model.values().stream().mapToInt(Set::size).sum();
            assertThat(gatherer.held()).isEqualTo(held);
            assertThat(gatherer.hasOpen()).isEqualTo(model.values().stream().anyMatch(group -> !group.isEmpty()));
        }
    }

    private static void takeOpen(
            @Nullable Batch batch, boolean fullest, Map<String, Set<String>> model, List<Set<String>> full) {
        if (fullest && !full.isEmpty()) {
            assertThat(batch == null ? null : batch.accounts().keySet()).isEqualTo(full.remove(0));
        } else if (batch == null) {
            assertThat(model.values()).allMatch(Set::isEmpty);
        } else {
            if (fullest) {
                assertThat(model.values()).noneMatch(group -> group.size() > batch.size());
            }
            assertThat(model.remove(batch.fromAccount()))
                    .isEqualTo(batch.accounts().keySet());
        }
    }

    @Property(tries = 50)
    void theOldestGroupIsTheOneWhoseFirstAccountCameFirst(@ForAll @IntRange(min = 1, max = 50) int owners) {
        Gatherer gatherer = new Gatherer(1000);
        for (int i = 0; i < owners; i++) {
            gatherer.add("o" + i, "a", Trace.FRESH, i);
        }
        gatherer.add("o0", "b", Trace.FRESH, owners);
        for (int i = 0; i < owners; i++) {
            assertThat(gatherer.oldestSince()).isEqualTo(i);
            Batch batch = gatherer.pollOldest();
            assertThat(batch == null ? null : batch.fromAccount()).isEqualTo("o" + i);
        }
    }
}
