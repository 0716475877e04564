/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.util.concurrent.locks.LockSupport;

/**
 * By how much a thread of this process was late at worst when it wanted to run. A judge that is itself kept waiting
 * writes arrivals down late and close together; its lateness stands beside its judgement.
 */
final class Lateness implements Runnable {

    private static final long INTERVAL = 2_000_000;

    private volatile long most;

    private Lateness() {}

    static Lateness watch() {
        Lateness lateness = new Lateness();
        Thread thread = new Thread(lateness, "lateness");
        thread.setDaemon(true);
        thread.start();
        return lateness;
    }

    @Override
    public void run() {
        while (true) {
            long due = System.nanoTime() + INTERVAL;
            LockSupport.parkNanos(INTERVAL);
            most = Math.max(most, System.nanoTime() - due);
        }
    }

    long mostMicros() {
        return most / 1_000;
    }
}
