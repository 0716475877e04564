/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * When a pacer was told what of one call. Times are those of {@link System#nanoTime()} in the client.
 *
 * @param granted when it gave the permit
 * @param written when the request was handed to the socket
 * @param answered when an answer of the service came, or {@link #NEVER}
 */
record CallRecord(long granted, long written, long answered) {

    /** Of an answer that did not come. */
    static final long NEVER = Long.MAX_VALUE;

    boolean isAnswered() {
        return answered != NEVER;
    }

    /** One line for the runner. */
    static String text(Collection<CallRecord> calls) {
        return calls.stream()
                .map(call -> call.granted + "," + call.written + "," + (call.isAnswered() ? call.answered : "-"))
                .collect(Collectors.joining(" "));
    }

    /** Reads what {@link #text} wrote. */
    static List<CallRecord> parse(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.strip().split(" ")).map(CallRecord::one).toList();
    }

    private static CallRecord one(String text) {
        String[] times = text.split(",", -1);
        return new CallRecord(
                Long.parseLong(times[0]),
                Long.parseLong(times[1]),
                times[2].equals("-") ? NEVER : Long.parseLong(times[2]));
    }
}
