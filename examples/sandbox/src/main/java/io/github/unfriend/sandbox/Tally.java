/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The numbers behind a {@link Score} between two resets. Event loops write it without waiting. */
final class Tally {

    private static final int MOST_TEXTS = 200;
    private static final int MOST_ACCOUNTS = 100_000;
    private static final int MOST_RANDOMS = 1 << 16;

    final LongAdder answered = new LongAdder();
    final ConcurrentMap<Integer, LongAdder> codes = new ConcurrentSkipListMap<>();
    final ConcurrentMap<Integer, LongAdder> itemCodes = new ConcurrentSkipListMap<>();
    final ConcurrentMap<FaultKind, LongAdder> faults = new ConcurrentSkipListMap<>();
    final LongAdder deletions = new LongAdder();
    final LongAdder connections = new LongAdder();
    final LongAdder overlapping = new LongAdder();
    final LongAdder callbacksSent = new LongAdder();
    final LongAdder callbacksFailed = new LongAdder();
    final LongAdder listCalls = new LongAdder();
    final LongAdder listedAccounts = new LongAdder();
    final AtomicInteger fewest = new AtomicInteger(Integer.MAX_VALUE);
    final AtomicInteger most = new AtomicInteger();
    final LongAdder violationCount = new LongAdder();
    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    final Queue<String> notes = new ConcurrentLinkedQueue<>();
    final ConcurrentMap<String, Integer> inFlight = new ConcurrentHashMap<>();
    final ConcurrentMap<String, Integer> mostInFlight = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Integer> randoms = new ConcurrentHashMap<>();
    private final AtomicInteger violationTexts = new AtomicInteger();
    private final AtomicInteger noteTexts = new AtomicInteger();
    private final ArrivalLog[] arrived = {new ArrivalLog(), new ArrivalLog()};
    private final ArrivalLog[] accepted = {new ArrivalLog(), new ArrivalLog()};
    private final LongAdder[] refused = {new LongAdder(), new LongAdder()};

    ArrivalLog arrived(Api api) {
        return arrived[api.index()];
    }

    ArrivalLog accepted(Api api) {
        return accepted[api.index()];
    }

    LongAdder refused(Api api) {
        return refused[api.index()];
    }

    void violation(String text) {
        violationCount.increment();
        if (violationTexts.getAndIncrement() < MOST_TEXTS) {
            violations.add(text);
        }
    }

    void note(String text) {
        if (noteTexts.getAndIncrement() < MOST_TEXTS) {
            notes.add(text);
        }
    }

    static <K> void count(ConcurrentMap<K, LongAdder> adders, K key) {
        adders.computeIfAbsent(key, any -> new LongAdder()).increment();
    }

    /** Neighbours mostly have the same code, so one look-up counts many. */
    void countItems(List<Answer.Item> items) {
        int from = 0;
        for (int i = 1; i <= items.size(); i++) {
            int code = items.get(from).resultCode();
            if (i == items.size() || items.get(i).resultCode() != code) {
                itemCodes.computeIfAbsent(code, any -> new LongAdder()).add(i - from);
                from = i;
            }
        }
    }

    /** Twice is chance in 32 bits, three times is not. */
    boolean isRepeated(long random) {
        if (randoms.size() >= MOST_RANDOMS) {
            randoms.clear();
        }
        return randoms.merge(random, 1, Integer::sum) == 3;
    }

    void listed(int accounts) {
        listCalls.increment();
        listedAccounts.add(accounts);
        fewest.accumulateAndGet(accounts, Math::min);
        most.accumulateAndGet(accounts, Math::max);
    }

    /** How many calls of this From_Account are being served now, this one included. */
    int enter(String fromAccount) {
        int now = inFlight.merge(fromAccount, 1, Integer::sum);
        if (now > 1) {
            overlapping.increment();
        }
        if (mostInFlight.size() < MOST_ACCOUNTS || mostInFlight.containsKey(fromAccount)) {
            mostInFlight.merge(fromAccount, now, Math::max);
        }
        return now;
    }

    void leave(String fromAccount) {
        inFlight.computeIfPresent(fromAccount, (any, now) -> now == 1 ? null : now - 1);
    }
}
