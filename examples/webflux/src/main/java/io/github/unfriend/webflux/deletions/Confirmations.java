/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The removals that the webhook reported of what one deletion asked for. The webhook names friendships and nothing of
 * the call, so a report counts when this deletion has that very friendship under way, or was told that it is deleted;
 * each counts once, however often it is reported.
 *
 * <p>Bounded: of the friendships whose report has not come, the last 100,000 to 200,000 are remembered; a report that
 * comes when so many younger ones wait is not counted. One thread at a time asks, any may report and read.
 */
final class Confirmations {

    static final int GENERATION = 100_000;

    /** Whether the answer has said that it is deleted; false while it is under way or unknown. Two generations. */
    private volatile Map<Friendship, Boolean> younger = new ConcurrentHashMap<>();

    private volatile Map<Friendship, Boolean> older = new ConcurrentHashMap<>();
    private volatile boolean open;
    private final LongAdder confirmed = new LongAdder();

    /** Waits for nothing when there is no webhook. */
    Confirmations(boolean thereIsAWebhook) {
        open = thereIsAWebhook;
    }

    /** About to be sent. */
    void asked(Friendship friendship) {
        if (!open) {
            return;
        }
        if (younger.size() >= GENERATION) {
            older = younger;
            younger = new ConcurrentHashMap<>();
        }
        younger.putIfAbsent(friendship, false);
    }

    /** Nothing is reported of what was not removed. */
    void answered(ResultItem result) {
        Outcome outcome = result.outcome();
        if (!open || outcome == Outcome.UNKNOWN) {
            return;
        }
        Friendship friendship = new Friendship(result.fromAccount(), result.toAccount());
        if (outcome == Outcome.DELETED) {
            younger.replace(friendship, true);
            older.replace(friendship, true);
        } else {
            // A line that stands in the list twice is deleted once and then no friendship: the report is still to come.
            younger.remove(friendship, false);
            older.remove(friendship, false);
        }
    }

    void reported(List<Friendship> removed) {
        for (Friendship friendship : removed) {
            boolean young = younger.remove(friendship) != null;
            boolean old = older.remove(friendship) != null;
            if (young || old) {
                confirmed.increment();
            }
        }
    }

    long confirmed() {
        return confirmed.sum();
    }

    boolean isMissingSome() {
        return !younger.isEmpty() || !older.isEmpty();
    }

    /** No more reports count, and what was waited for is forgotten. */
    void close() {
        open = false;
        younger = new ConcurrentHashMap<>();
        older = new ConcurrentHashMap<>();
    }
}
