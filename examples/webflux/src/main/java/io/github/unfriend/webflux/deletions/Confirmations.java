/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The removals of one deletion that the webhook has reported. The webhook names the friendship but not the call. So a
 * report counts if this deletion has sent that friendship, or has a result that says it is deleted. Each friendship
 * counts once, also if it is reported more than once or stands in the list more than once.
 *
 * <p>Bounded: of the friendships whose report has not come, the last 100,000 to 200,000 are remembered; a report that
 * comes after that many newer friendships is not counted. One thread at a time adds friendships; any thread may report
 * and read.
 */
final class Confirmations {

    static final int GENERATION = 100_000;

    /** A result says that it is deleted. */
    private static final int DELETED = -1;

    /** How many results are missing or unknown, or {@link #DELETED}; duplicates have one each. Two generations. */
    private volatile Map<Key, Integer> younger = new ConcurrentHashMap<>();

    private volatile Map<Key, Integer> older = new ConcurrentHashMap<>();
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
        younger.merge(Key.of(friendship), 1, (missing, one) -> missing == DELETED ? DELETED : missing + one);
    }

    /** Nothing is reported of what was not removed. */
    void answered(ResultItem result) {
        Outcome outcome = result.outcome();
        if (!open || outcome == Outcome.UNKNOWN) {
            return;
        }
        Key friendship = new Key(result.fromAccount(), result.toAccount());
        if (outcome == Outcome.DELETED) {
            younger.replace(friendship, DELETED);
            older.replace(friendship, DELETED);
        } else {
            // A duplicate may have been sent on its own and found no friendship: the report is still to come.
            Map<Key, Integer> map = younger.containsKey(friendship) ? younger : older;
            map.computeIfPresent(friendship, (same, missing) -> oneLess(missing));
        }
    }

    private static @Nullable Integer oneLess(int missing) {
        if (missing == 1) {
            return null;
        }
        return missing == DELETED ? DELETED : missing - 1;
    }

    void reported(List<Friendship> removed) {
        for (Friendship friendship : removed) {
            Key key = Key.of(friendship);
            boolean young = younger.remove(key) != null;
            boolean old = older.remove(key) != null;
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

    /**
     * A friendship whose hash is spread: those of numbered accounts are so alike that the map would make trees of them,
     * and wait at their locks. It can be ordered, so that a tree of keys that were made to have one hash is quick.
     */
    private record Key(String from, String to) implements Comparable<Key> {

        static Key of(Friendship friendship) {
            return new Key(friendship.fromAccount(), friendship.toAccount());
        }

        @Override
        public int hashCode() {
            return from.hashCode() * 0x9E3779B9 + to.hashCode();
        }

        @Override
        public int compareTo(Key other) {
            int order = from.compareTo(other.from);
            return order != 0 ? order : to.compareTo(other.to);
        }
    }
}
