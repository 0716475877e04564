/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the rule of the pacer allows, computed afterwards from when calls were written and answered: each is held from its
 * write until one second after its own answer, or the first answer to a call that was written the guard later, less the
 * shortest round trip of all; but not before that answer was there.
 */
final class RuleRate {

    private static final long GUARD = 10 * World.MILLI;
    /** For clocks. */
    private static final long SLACK = World.MILLI / 2;

    private record Exchange(long written, long answered) {}

    private final List<Exchange> exchanges = new ArrayList<>();

    void exchanged(long written, long answered) {
        exchanges.add(new Exchange(written, answered));
    }

    /** Calls a second of so many places, for the calls written between two times. */
    double of(int places, long from, long to) {
        exchanges.sort(Comparator.comparingLong(Exchange::written));
        long[] lengths = exchanges.stream()
                .mapToLong(each -> each.answered() - each.written())
                .sorted()
                .toArray();
        // The pacer looks at the shortest of 15 s on average, and takes off what is not known of them.
        int kept = Math.max(1, Route.KEPT * lengths.length / (15 * places));
        long shortest = lengths[0] - Math.min(GUARD, 2 * (lengths[kept] - lengths[0]));
        double held = 0;
        int count = 0;
        long firstLater = Long.MAX_VALUE;
        int later = exchanges.size() - 1;
        for (int i = exchanges.size() - 1; i >= 0; i--) {
            Exchange each = exchanges.get(i);
            while (later > i && exchanges.get(later).written() >= each.written() + GUARD) {
                firstLater = Math.min(firstLater, exchanges.get(later--).answered());
            }
            long known = Math.min(each.answered(), firstLater);
            if (each.written() >= from && each.written() < to) {
                long hold = SLACK + Math.max(0, known - shortest - each.written());
                held += Math.max(hold, known - each.written() - World.SECOND);
                count++;
            }
        }
        return places / (1 + held / count / World.SECOND);
    }
}
