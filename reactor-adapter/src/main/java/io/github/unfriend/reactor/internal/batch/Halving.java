/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one batch that the service refused as a whole: cut in half again and again, until the account it objects
 * to stands alone. Parts go one after the other, the largest and the smallest in turn: if few accounts are to blame, a
 * large part is soon accepted; if many are, a small one. When so many parts were refused alike and none was accepted, no
 * account is to blame but the From_Account. Belongs to the worker of the stream.
 *
 * @param <T> the type of the elements
 */
public final class Halving<T> {

    /** More than any batch needs for its first acceptance in which one account of twenty, or the first fifty, are bad. */
    private static final int MOST_ALIKE = 60;

    private final List<Batch<T>> waiting = new ArrayList<>();
    private int code;
    private int alike;
    private boolean accepted;
    private boolean largest;

    /** No part was refused yet. */
    Halving() {}

    /**
     * A part was refused.
     *
     * @param how the code
     */
    public void refused(int how) {
        alike = how == code ? alike + 1 : 1;
        code = how;
    }

    /** A part was accepted. */
    void accepted() {
        accepted = true;
    }

    /** Whether no part will be accepted. */
    public boolean isHopeless() {
        return alike >= MOST_ALIKE && !accepted;
    }

    /** Cuts a part; both halves wait, and are given back. The first one has an account more if their number is odd. */
    public List<Batch<T>> split(Batch<T> part) {
        int middle = (part.size() + 1) / 2;
        List<Batch<T>> halves = List.of(part(part, 0, middle), part(part, middle, part.size()));
        waiting.addAll(halves);
        return halves;
    }

    private Batch<T> part(Batch<T> whole, int from, int to) {
        Batch<T> part = new Batch<>(
                whole.fromAccount(), new ArrayList<>(whole.accounts().subList(from, to)));
        part.isPartOf(this);
        return part;
    }

    /** The part that goes next; null if none waits. */
    public @Nullable Batch<T> next() {
        waiting.removeIf(Batch::isEmpty); // nobody waited for it any more
        if (waiting.isEmpty()) {
            return null;
        }
        largest = !largest;
        Comparator<Batch<T>> bySize = Comparator.comparingInt(Batch::size);
        Batch<T> next =
                waiting.stream().min(largest ? bySize.reversed() : bySize).orElseThrow();
        waiting.remove(next);
        return next;
    }

    /** All parts that wait; from now on none does. */
    public List<Batch<T>> takeAll() {
        List<Batch<T>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
