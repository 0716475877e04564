/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Batches whose From_Account is served one call at a time, while another call has its turn. Not thread-safe. */
final class ParkedBatches<T> {

    private final int maxBatch;
    private final Map<String, Deque<Batch<T>>> byOwner = new HashMap<>();
    private long elements;

    ParkedBatches(int maxBatch) {
        this.maxBatch = maxBatch;
    }

    /** Elements of all of them. */
    long elements() {
        return elements;
    }

    boolean has(String fromAccount) {
        return byOwner.containsKey(fromAccount);
    }

    /** Takes one in; small ones of one owner become one. */
    void add(Batch<T> batch) {
        elements += batch.elements();
        Deque<Batch<T>> batches = byOwner.computeIfAbsent(batch.fromAccount(), owner -> new ArrayDeque<>());
        Batch<T> last = batches.peekLast();
        if (last == null || !last.addAll(batch, maxBatch)) {
            batches.add(batch);
        }
    }

    /** Gives those of one owner away. */
    List<Batch<T>> take(String fromAccount) {
        Deque<Batch<T>> batches = byOwner.remove(fromAccount);
        if (batches == null) {
            return List.of();
        }
        batches.forEach(batch -> elements -= batch.elements());
        return List.copyOf(batches);
    }

    /** Elements were taken out of a batch, which may be one of these. */
    void shrank(Batch<T> batch, int gone) {
        Deque<Batch<T>> batches = byOwner.get(batch.fromAccount());
        if (batches != null && batches.contains(batch)) {
            elements -= gone;
            if (batch.isEmpty()) {
                batches.remove(batch);
            }
        }
    }

    /** Gives all away. */
    void empty(Consumer<Batch<T>> taker) {
        elements = 0;
        byOwner.values().forEach(batches -> batches.forEach(taker));
        byOwner.clear();
    }
}
