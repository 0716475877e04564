/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.micro;

import io.github.unfriend.reactor.Pacer;

/** Our pacer under circumstances in which nobody has to wait, so that only the work itself is measured. */
final class PermitPacers {

    /**
     * How much faster the clock runs. At 200 calls a second a place is due every 5 ms, which is every 25 ns by this
     * clock: less than a permit costs. So the pacer does all that it does at full rate, places are taken and come back,
     * and the clock costs what {@link System#nanoTime} costs; but no timer is ever set. A higher rate instead would not
     * do: a pacer remembers one second of calls, and at millions a second that memory would be what is measured.
     */
    private static final long FASTER = 200_000;

    private PermitPacers() {}

    static Pacer withoutWaiting() {
        long start = System.nanoTime();
        return Pacer.builder()
                .nanoClock(() -> (System.nanoTime() - start) * FASTER)
                .build();
    }
}
