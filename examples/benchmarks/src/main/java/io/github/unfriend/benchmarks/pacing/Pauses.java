/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import java.io.IOException;

/** Makes a whole process stand still again and again: to its threads it is what a long garbage collection is. */
final class Pauses implements Runnable, AutoCloseable {

    private static final long FIRST_MILLIS = 1_000;
    private static final long EVERY_MILLIS = 2_000;
    private static final long PAUSE_MILLIS = 300;

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
            Thread.sleep(FIRST_MILLIS);
            while (true) {
                process.signal("-STOP");
                Thread.sleep(PAUSE_MILLIS);
                process.signal("-CONT");
                Thread.sleep(EVERY_MILLIS - PAUSE_MILLIS);
            }
        } catch (InterruptedException over) {
            // the run is over; the process is killed, paused or not
        } catch (IOException e) {
            throw new IllegalStateException("Pauses need the kill command of a Unix.", e);
        }
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
