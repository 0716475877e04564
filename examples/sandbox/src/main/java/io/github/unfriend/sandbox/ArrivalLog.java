/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** All arrival times of one API; appended to by event loops without waiting, read by anybody. */
final class ArrivalLog {

    /** 23 hours at 200 calls a second; later calls are counted, but their times are not kept. */
    private static final int MOST = 1 << 24;

    private static final int CHUNK = 1 << 13;
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong size = new AtomicLong();
    private final AtomicReferenceArray<@Nullable AtomicLongArray> chunks = new AtomicReferenceArray<>(MOST / CHUNK);

    void add(long nanos) {
        long index = size.getAndIncrement();
        if (index >= MOST) {
            return;
        }
        int number = (int) (index / CHUNK);
        AtomicLongArray chunk = chunks.get(number);
        if (chunk == null) {
            chunks.compareAndSet(number, null, new AtomicLongArray(CHUNK));
            chunk = chunks.get(number);
        }
        if (chunk != null) {
            // Zero means not yet written; a nanosecond does not matter.
            chunk.set((int) (index % CHUNK), nanos == 0 ? 1 : nanos);
        }
    }

    long size() {
        return size.get();
    }

    /** The times in ascending order: two event loops may append a few microseconds out of order. */
    long[] sorted() {
        int length = (int) Math.min(MOST, size.get());
        long[] times = new long[length];
        int found = 0;
        for (int i = 0; i < length; i++) {
            AtomicLongArray chunk = chunks.get(i / CHUNK);
            long time = chunk == null ? 0 : chunk.get(i % CHUNK);
            if (time != 0) {
                times[found++] = time;
            }
        }
        long[] result = found == length ? times : Arrays.copyOf(times, found);
        Arrays.sort(result);
        return result;
    }

    /** The most times in any half-open second [t, t + 1 s). */
    static int mostInAnySecond(long[] sorted) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.length; last++) {
            while (sorted[last] - sorted[first] >= SECOND) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** Arrivals a second between two offsets (nanoseconds) from the first arrival. */
    static double rate(long[] sorted, long from, long to) {
        if (sorted.length == 0 || to <= from) {
            return 0;
        }
        int inside = 0;
        for (long time : sorted) {
            long offset = time - sorted[0];
            if (offset >= from && offset < to) {
                inside++;
            }
        }
        return inside * (double) SECOND / (to - from);
    }
}
