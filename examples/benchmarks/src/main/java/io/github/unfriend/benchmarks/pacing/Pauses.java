/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.benchmarks.process.ChildProcess;
import io.github.unfriend.benchmarks.process.Signals;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Makes a whole process stand still again and again: to its threads it is what a long garbage collection is. */
final class Pauses implements Runnable, AutoCloseable {

    private static final long MILLI = 1_000_000;
    /** So that a pause and what is caught up with after it are over when a second is, counted from the first call. */
    private static final long FIRST = 250 * MILLI;

    private static final long EVERY = 2_000 * MILLI;
    private static final long PAUSE = 300 * MILLI;

    private final Signals signals;
    private final Thread thread;

    private Pauses(Signals signals) {
        this.signals = signals;
        this.thread = new Thread(this, "pauses");
        thread.setDaemon(true);
    }

    static Pauses of(ChildProcess process) throws IOException {
        return new Pauses(process.signals());
    }

    /** The first begins a quarter of a second from now. */
    void begin() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            // Against the clock, not one after the other: nobody wakes up exactly in time.
            for (long next = System.nanoTime() + FIRST; ; next += EVERY) {
                sleepUntil(next);
                signals.send("STOP");
                sleepUntil(next + PAUSE);
                signals.send("CONT");
            }
        } catch (InterruptedException over) {
            // the run is over; the process is killed, paused or not
        } catch (IOException e) {
            throw new IllegalStateException("Pauses need the shell of a Unix.", e);
        }
    }

    private static void sleepUntil(long time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, time - System.nanoTime()));
    }

    /** No further pause begins, and the process goes on. */
    void end() throws IOException {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        signals.send("CONT");
    }

    @Override
    public void close() {
        thread.interrupt();
        signals.close();
    }
}
