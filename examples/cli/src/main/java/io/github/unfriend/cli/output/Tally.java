/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts results. Written by one thread, read by any. */
public final class Tally {

    private final Map<Outcome, AtomicLong> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Integer, AtomicLong> codes = new ConcurrentHashMap<>();
    private final AtomicLong answered = new AtomicLong();

    /** Nothing is counted yet. */
    public Tally() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new AtomicLong());
        }
    }

    void count(ResultLine line) {
        increment(counter(line.outcome()));
        increment(codes.computeIfAbsent(line.code(), code -> new AtomicLong()));
        if (!LocalCode.isLocal(line.code())) {
            increment(answered);
        }
    }

    /** Cheaper than an atomic increment, and enough for one writer. */
    private static void increment(AtomicLong counter) {
        counter.lazySet(counter.getPlain() + 1);
    }

    private AtomicLong counter(Outcome outcome) {
        AtomicLong counter = outcomes.get(outcome);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + outcome);
        }
        return counter;
    }

    /**
     * How many results had an outcome.
     *
     * @param outcome the outcome
     * @return their number
     */
    public long of(Outcome outcome) {
        return counter(outcome).get();
    }

    /**
     * How many results there are.
     *
     * @return their number
     */
    public long results() {
        return outcomes.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /**
     * How many of them came from the service; the others were not sent, or got no answer.
     *
     * @return their number
     */
    public long answered() {
        return answered.get();
    }

    /**
     * How many accounts did not end as wanted.
     *
     * @return their number
     */
    public long notGone() {
        return of(Outcome.FAILED) + of(Outcome.UNKNOWN);
    }

    /**
     * How many results had each code.
     *
     * @return a copy, by code
     */
    public Map<Integer, Long> codes() {
        Map<Integer, Long> copy = new TreeMap<>();
        codes.forEach((code, count) -> copy.put(code, count.get()));
        return copy;
    }
}
