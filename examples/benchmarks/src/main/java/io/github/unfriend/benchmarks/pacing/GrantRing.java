/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import java.time.Duration;
import java.util.Arrays;
import reactor.core.publisher.Mono;

/**
 * What one writes by hand to keep a sliding window: the times of the last 200 grants in a ring; the next grant is one
 * second after the oldest of them.
 */
final class GrantRing {

    private static final long WINDOW = 1_000_000_000L;

    private final long[] grants;
    private int next;

    GrantRing(int callsPerSecond) {
        grants = new long[callsPerSecond];
        Arrays.fill(grants, System.nanoTime() - WINDOW);
    }

    /** Completes when the caller may go. */
    Mono<Void> acquire() {
        return Mono.defer(() -> {
            long now = System.nanoTime();
            long wait = reserve(now) - now;
            return wait <= 0 ? Mono.empty() : Mono.delay(Duration.ofNanos(wait)).then();
        });
    }

    synchronized long reserve(long now) {
        long grant = Math.max(now, grants[next] + WINDOW);
        grants[next] = grant;
        next = (next + 1) % grants.length;
        return grant;
    }
}
