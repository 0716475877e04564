/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.reactor.internal.batch.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one stream that are not over, in the order in which they began. So many may be active at once; one that
 * waits for its next attempt leaves its place to another. As many may wait as may be active: an outage does not use up all
 * accounts. Belongs to the worker of the stream.
 */
final class RunningCalls<T> {

    private final int mostActive;
    private final Map<Batch<T>, RunningCall<T>> all = new LinkedHashMap<>();
    /** Calls between two attempts. */
    private final Set<RunningCall<T>> pausing = new HashSet<>();
    /** Those of them whose pause is over, and that wait for a place. */
    private final Deque<RunningCall<T>> due = new ArrayDeque<>();

    private long elements;

    RunningCalls(int mostActive) {
        this.mostActive = mostActive;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    /** Elements of all of them. */
    long elements() {
        return elements;
    }

    /** Whether one more may be active, where these answered ones have kept their places. */
    boolean hasPlace(int answered) {
        return all.size() - pausing.size() + answered < mostActive;
    }

    /** Whether a new one may begin, if there is a place. */
    boolean mayBegin() {
        return all.size() < 2L * mostActive;
    }

    List<RunningCall<T>> all() {
        return List.copyOf(all.values());
    }

    @Nullable
    RunningCall<T> with(Batch<T> batch) {
        return all.get(batch);
    }

    boolean contains(RunningCall<T> call) {
        return all.get(call.call().batch()) == call;
    }

    void add(RunningCall<T> call) {
        all.put(call.call().batch(), call);
        count(call);
    }

    /** Counts a call anew: elements have joined it, or were taken out. */
    void count(RunningCall<T> call) {
        long now = call.call().batch().elements();
        elements += now - call.counted();
        call.counts(now);
    }

    /** A call is over. */
    void remove(RunningCall<T> call) {
        all.remove(call.call().batch());
        pausing.remove(call);
        due.remove(call);
        elements -= call.counted();
        call.counts(0);
    }

    /** A call waits for its next attempt. */
    void pauses(RunningCall<T> call) {
        pausing.add(call);
    }

    /** It has waited long enough. */
    void isDue(RunningCall<T> call) {
        if (pausing.contains(call)) {
            due.add(call);
        }
    }

    /** The next one to make its attempt, if there is a place; null if none is due. */
    @Nullable
    RunningCall<T> nextDue() {
        RunningCall<T> next = due.poll();
        if (next != null) {
            pausing.remove(next);
        }
        return next;
    }

    /** How many of them lie wholly beyond so many elements. */
    int beyond(long demand) {
        long left = demand;
        int beyond = 0;
        for (RunningCall<T> call : all.values()) {
            if (left <= 0) {
                beyond++;
            }
            left -= call.counted();
        }
        return beyond;
    }

    void clear() {
        all.clear();
        pausing.clear();
        due.clear();
        elements = 0;
    }
}
