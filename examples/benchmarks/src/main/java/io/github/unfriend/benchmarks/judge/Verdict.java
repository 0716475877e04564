/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.util.Locale;

/**
 * What the judge saw of one API in one run.
 *
 * @param most the most calls that arrived in any sliding second
 * @param mean the mean number of calls in a sliding second after the warm-up
 * @param rate calls counted between the end of the warm-up and the end of the run, a second
 * @param refused answers with an ErrorCode
 * @param errors what failed at the client
 * @param lateMicros by how much the judge itself was late at worst
 * @param load the machine's load average at the end of the run
 */
public record Verdict(int most, double mean, double rate, long refused, long errors, long lateMicros, double load) {

    /** The most calls in any sliding second that the service allows. */
    public static final int LIMIT = 200;
    /** The least rate that is promised. */
    public static final double LEAST_RATE = 198;

    /**
     * Whether the limit was exceeded.
     *
     * @return true if any sliding second held more calls
     */
    public boolean isOver() {
        return most > LIMIT;
    }

    /**
     * Whether the promised rate was missed.
     *
     * @return true if either measure of the rate is below it
     */
    public boolean isSlow() {
        return mean < LEAST_RATE || rate < LEAST_RATE;
    }

    /**
     * Whether both promises were kept.
     *
     * @return true if neither over nor slow
     */
    public boolean isKept() {
        return !isOver() && !isSlow();
    }

    /** One line for the log of a run. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "most %d, mean %.1f, counted %.1f/s, refused %d, errors %d, judge late %.1f ms, load %.1f",
                most,
                mean,
                rate,
                refused,
                errors,
                lateMicros / 1e3,
                load);
    }
}
