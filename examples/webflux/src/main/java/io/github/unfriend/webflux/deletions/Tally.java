/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.ErrorCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.webflux.deletions.Progress.CodeCount;
import io.github.unfriend.webflux.deletions.Progress.Failures;
import io.github.unfriend.webflux.deletions.Progress.Outcomes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the results of one deletion, in bounded memory. Written by one thread at a time, read by any. */
final class Tally {

    /** The service has some hundred codes; more than that do not come from the service. */
    private static final int CODES_KEPT = 200;

    private final Clock clock;
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Integer, LongAdder> codes = new ConcurrentHashMap<>();
    private final FailureLog failures = new FailureLog();

    Tally(Clock clock) {
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder()); // from here on the map is only read
        }
    }

    void add(ResultItem result) {
        Outcome outcome = result.outcome();
        adder(outcome).increment();
        int code = result.resultCode();
        LongAdder count = codes.get(code);
        if (count == null && codes.size() < CODES_KEPT) {
            count = codes.computeIfAbsent(code, key -> new LongAdder());
        }
        if (count != null) {
            count.increment();
        }
        if (!outcome.isGone()) {
            failures.add(result, outcome, clock.instant());
        }
    }

    Outcomes outcomes() {
        return new Outcomes(
                adder(Outcome.DELETED).sum(),
                adder(Outcome.NOT_FRIENDS).sum(),
                adder(Outcome.FAILED).sum(),
                adder(Outcome.UNKNOWN).sum());
    }

    private LongAdder adder(Outcome outcome) {
        return Objects.requireNonNull(outcomes.get(outcome));
    }

    /** The most frequent first. */
    List<CodeCount> codes() {
        List<CodeCount> counts = new ArrayList<>();
        codes.forEach((number, count) -> {
            ErrorCode code = ErrorCode.of(number);
            counts.add(new CodeCount(number, count.sum(), code.category(), code.meaning(), code.advice()));
        });
        counts.sort(Collections.reverseOrder((a, b) -> Long.compare(a.count(), b.count())));
        return counts;
    }

    List<Failures> failures() {
        return failures.latestFirst();
    }
}
