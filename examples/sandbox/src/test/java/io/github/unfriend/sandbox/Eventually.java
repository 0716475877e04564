/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does, at most 20 s: long enough for any machine, and over at once when it holds. */
final class Eventually {

    private Eventually() {}

    static void holds(BooleanSupplier condition) {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                if (never.await(5, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
