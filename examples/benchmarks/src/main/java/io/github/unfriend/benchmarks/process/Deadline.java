/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ends a child process after a time, whatever it is doing and whatever became of its parent. */
public final class Deadline {

    private Deadline() {}

    /**
     * Halts this JVM some time from now.
     *
     * @param time how long it may run
     */
    public static void in(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Thread thread = new Thread(
                () -> {
                    long rest;
                    while ((rest = end - System.nanoTime()) > 0) {
                        LockSupport.parkNanos(rest);
                    }
                    Runtime.getRuntime().halt(1);
                },
                "deadline");
        thread.setDaemon(true);
        thread.start();
    }
}
