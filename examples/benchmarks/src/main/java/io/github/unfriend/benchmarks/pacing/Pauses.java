/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Makes a whole process stand still again and again: to its threads it is what a long garbage collection is. */
final class Pauses implements Runnable, AutoCloseable {

    private static final long MILLI = 1_000_000;
    private static final long FIRST = 1_000 * MILLI;
    private static final long EVERY = 2_000 * MILLI;
    private static final long PAUSE = 300 * MILLI;

    private final ChildProcess process;
    private final Thread thread;

    private Pauses(ChildProcess process) {
        this.process = process;
        this.thread = new Thread(this, "pauses");
        thread.setDaemon(true);
    }

    static Pauses of(ChildProcess process) {
        Pauses pauses = new Pauses(process);
        pauses.thread.start();
        return pauses;
    }

    @Override
    public void run() {
        try {
            // Against the clock, not one after the other: the signals themselves take some time.
            for (long next = System.nanoTime() + FIRST; ; next += EVERY) {
                sleepUntil(next);
                process.signal("-STOP");
                sleepUntil(next + PAUSE);
                process.signal("-CONT");
            }
        } catch (InterruptedException over) {
            // the run is over; the process is killed, paused or not
        } catch (IOException e) {
            throw new IllegalStateException("Pauses need the kill command of a Unix.", e);
        }
    }

    private static void sleepUntil(long time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, time - System.nanoTime()));
    }

    @Override
    public void close() {
        end();
    }

    /** No further pause begins; the process may be left standing still. */
    void end() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
