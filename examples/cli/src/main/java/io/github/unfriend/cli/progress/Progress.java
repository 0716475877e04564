/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.progress;

import io.github.unfriend.reactor.PacerState;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows a run on stderr: a bar that is drawn over on a terminal, a plain line every few seconds elsewhere. In any style
 * it says once when the service does not answer, and once when it does again. Has a thread of its own until it is
 * closed.
 */
public final class Progress implements AutoCloseable {

    /** How to show it. */
    public enum Style {
        /** A bar in one line of a terminal. */
        BAR,
        /** A line every few seconds. */
        LINES,
        /** Not at all, but for trouble. */
        NONE
    }

    private static final int BAR_MILLIS = 100;
    /** Without a bar: how often it looks for trouble, and after how many looks there is a line. */
    private static final int LOOK_MILLIS = 1000;

    private static final int LOOKS_A_LINE = 5;
    private static final int LEAST_BAR = 8;
    private static final int WIDEST_BAR = 40;

    private final PrintStream err;
    private final Meter meter;
    private final Style style;
    private final int columns;
    private final Rates rates = new Rates();
    private final ScheduledExecutorService ticker;
    private int drawn;
    private int looks;
    private boolean isInTrouble;

    private Progress(PrintStream err, Meter meter, Style style, int columns) {
        this.err = err;
        this.meter = meter;
        this.style = style;
        this.columns = columns;
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "unfriend-progress");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to show a run.
     *
     * @param err where to
     * @param meter what to show
     * @param style how
     * @param columns how wide the terminal is
     * @return to be closed at the end of the run
     */
    public static Progress start(PrintStream err, Meter meter, Style style, int columns) {
        Progress progress = new Progress(err, meter, style, columns);
        progress.sample();
        int millis = style == Style.BAR ? BAR_MILLIS : LOOK_MILLIS;
        var unused = progress.ticker.scheduleAtFixedRate(progress::show, millis, millis, TimeUnit.MILLISECONDS);
        return progress;
    }

    private void sample() {
        rates.sample(System.nanoTime(), meter.tally().answered(), meter.calls());
    }

    private void show() {
        sample();
        tellTrouble();
        if (style == Style.BAR) {
            draw(bar());
        } else if (style == Style.LINES && ++looks % LOOKS_A_LINE == 0) {
            err.println(facts());
        }
        err.flush();
    }

    private void draw(String line) {
        err.print('\r'); // a character of ours, and not part of a text that is escaped
        err.print(line + " ".repeat(Math.max(0, drawn - line.length())));
        drawn = line.length();
    }

    private void tellTrouble() {
        String problem = meter.gateway().problem();
        if ((problem != null) != isInTrouble) {
            isInTrouble = problem != null;
            if (drawn > 0) {
                draw("");
                err.print('\r');
            }
            err.println(problem == null ? "The service answers again." : problem + ". Calls are tried again.");
        }
    }

    private String bar() {
        String facts = facts();
        int room = Math.min(WIDEST_BAR, columns - facts.length() - 4);
        if (meter.total() <= 0 || room < LEAST_BAR) {
            return facts.substring(0, Math.min(facts.length(), columns - 1));
        }
        int filled = (int) (room * Math.min(1.0, (double) meter.done() / meter.total()));
        return "[" + "#".repeat(filled) + ".".repeat(room - filled) + "] " + facts;
    }

    private String facts() {
        PacerState state = meter.gateway().pacer().state(meter.api());
        StringBuilder text = new StringBuilder(100);
        text.append(count(meter.done()));
        if (meter.total() > 0) {
            text.append('/').append(count(meter.total()));
        }
        text.append(String.format(
                Locale.ROOT,
                "  %s/s  %.0f/%d calls/s  %s failed",
                count(Math.round(rates.deletionsPerSecond())),
                rates.callsPerSecond(),
                state.callsPerSecond(),
                count(meter.tally().notGone())));
        if (state.pausedFor().toSeconds() > 0) {
            text.append("  pausing ").append(state.pausedFor().toSeconds()).append(" s");
        } else if (meter.total() > 0 && rates.deletionsPerSecond() > 0) {
            long left = meter.total() - meter.done();
            text.append("  ").append(time(left / rates.deletionsPerSecond())).append(" left");
        }
        return text.toString();
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** Shows the end of the run and stops. */
    @Override
    public void close() {
        ticker.shutdownNow();
        try {
            if (!ticker.awaitTermination(1, TimeUnit.SECONDS)) {
                return; // stuck in writing to a terminal that does not read
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (style == Style.BAR) {
            show();
            err.println();
        }
    }
}
