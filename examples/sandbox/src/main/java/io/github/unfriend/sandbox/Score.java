/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox has seen: counts, windows and violations of the protocol. Safe to read from any thread while calls are
 * being served; reading windows costs a sort of the arrival times.
 */
public final class Score {

    private final AtomicLong open = new AtomicLong();
    private final AtomicLong ever = new AtomicLong();
    private volatile Tally tally = new Tally();

    Score() {}

    Tally tally() {
        return tally;
    }

    void reset() {
        tally = new Tally();
    }

    /** The running number of the connection, from 1. */
    long connected() {
        open.incrementAndGet();
        tally.connections.increment();
        return ever.incrementAndGet();
    }

    void disconnected() {
        open.decrementAndGet();
    }

    /**
     * How many calls of an API have arrived, refused ones included.
     *
     * @param api the API
     * @return their number
     */
    public long calls(Api api) {
        return tally.arrived(api).size();
    }

    /**
     * How many calls of both APIs have arrived, refused ones included.
     *
     * @return their number
     */
    public long calls() {
        return calls(Api.FRIEND_DELETE) + calls(Api.FRIEND_DELETE_ALL);
    }

    /**
     * How many calls got a whole and readable answer, whatever its code.
     *
     * @return their number
     */
    public long answered() {
        return tally.answered.sum();
    }

    /**
     * How many calls got a whole and readable answer, by its ErrorCode.
     *
     * @return a copy
     */
    public Map<Integer, Long> answers() {
        return sums(tally.codes);
    }

    /**
     * How many items were answered, by their ResultCode; faulty answers are counted, too.
     *
     * @return a copy
     */
    public Map<Integer, Long> items() {
        return sums(tally.itemCodes);
    }

    /**
     * How many faults were played, by kind; {@link FaultKind#NONE} is not counted.
     *
     * @return a copy
     */
    public Map<FaultKind, Long> faults() {
        return sums(tally.faults);
    }

    /**
     * How many calls were refused with 60007 because they were over the limit.
     *
     * @param api the API
     * @return their number
     */
    public long refusedForRate(Api api) {
        return tally.refused(api).sum();
    }

    /**
     * The most arrivals, refused or not, in any half-open second.
     *
     * @param api the API
     * @return their number
     */
    public int mostInAnySecond(Api api) {
        return ArrivalLog.mostInAnySecond(tally.arrived(api).sorted());
    }

    /**
     * The most calls in any half-open second that were signed well and within the limit.
     *
     * @param api the API
     * @return their number
     */
    public int acceptedMostInAnySecond(Api api) {
        return ArrivalLog.mostInAnySecond(tally.accepted(api).sorted());
    }

    /**
     * All arrival times of an API (the first 16.7 million).
     *
     * @param api the API
     * @return values of {@link System#nanoTime()}, ascending
     */
    public long[] arrivals(Api api) {
        return tally.arrived(api).sorted();
    }

    /**
     * The arrivals a second within a part of the run.
     *
     * @param api the API
     * @param from the begin of the part, from the first arrival on
     * @param to the end of the part, from the first arrival on
     * @return calls a second
     */
    public double rate(Api api, Duration from, Duration to) {
        return ArrivalLog.rate(tally.arrived(api).sorted(), from.toNanos(), to.toNanos());
    }

    /**
     * What callers did against the protocol: the first 200 texts. Texts never hold a UserSig.
     *
     * @return a copy
     */
    public List<String> violations() {
        return List.copyOf(tally.violations);
    }

    /**
     * How many violations there were, those without a text of their own included.
     *
     * @return their number
     */
    public long violationCount() {
        return tally.violationCount.sum();
    }

    /**
     * What is allowed but not wise, such as a missing DeleteType: the first 200 texts.
     *
     * @return a copy
     */
    public List<String> notes() {
        return List.copyOf(tally.notes);
    }

    /**
     * How many one-direction friendships were deleted by calls.
     *
     * @return their number
     */
    public long deletions() {
        return tally.deletions.sum();
    }

    /**
     * The most calls of both APIs for one From_Account that were served at the same time.
     *
     * @param fromAccount the From_Account
     * @return 0 when there was no call (or when more than 100,000 other From_Accounts came first)
     */
    public int maxConcurrentFor(String fromAccount) {
        @Nullable Integer most = tally.mostInFlight.get(fromAccount);
        return most == null ? 0 : most;
    }

    /**
     * How many calls arrived while another of the same From_Account was being served.
     *
     * @return their number
     */
    public long overlappingCalls() {
        return tally.overlapping.sum();
    }

    /**
     * How many calls are being served now, stalled ones included.
     *
     * @return their number
     */
    public int inFlight() {
        return tally.inFlight.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * How many connections were opened.
     *
     * @return their number
     */
    public long connectionsOpened() {
        return tally.connections.sum();
    }

    /**
     * How many connections are open now; no reset changes it.
     *
     * @return their number
     */
    public long openConnections() {
        return open.get();
    }

    /**
     * How many accounts the friend_delete calls named.
     *
     * @return calls with a readable list, and the length of their lists
     */
    public AccountsPerCall accountsPerCall() {
        Tally now = tally;
        long calls = now.listCalls.sum();
        return new AccountsPerCall(
                calls, now.listedAccounts.sum(), calls == 0 ? 0 : now.fewest.get(), calls == 0 ? 0 : now.most.get());
    }

    /**
     * How many callbacks were answered with HTTP 200.
     *
     * @return their number
     */
    public long callbacksSent() {
        return tally.callbacksSent.sum();
    }

    /**
     * How many callbacks failed or were not answered within 2 s.
     *
     * @return their number
     */
    public long callbacksFailed() {
        return tally.callbacksFailed.sum();
    }

    /**
     * The score in a few lines for a console.
     *
     * @return the lines, without a line end after the last
     */
    public String summary() {
        return ScoreText.of(this);
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> adders) {
        Map<K, Long> sums = new TreeMap<>();
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
