/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

/**
 * What the judge saw of one API in one run.
 *
 * @param most the most calls that arrived in any sliding second
 * @param mean the mean number of calls in a sliding second from the third second on
 * @param rate calls from the third second on, counted between its start and the end of the run, a second
 * @param refused answers with an ErrorCode
 * @param errors what failed at the client
 * @param lateMicros by how much the judge itself was late at worst
 * @param load the machine's load average at the end of the run
 */
record Verdict(int most, double mean, double rate, long refused, long errors, long lateMicros, double load) {

    static final int LIMIT = 200;
    static final double LEAST_RATE = 198;

    boolean isOver() {
        return most > LIMIT;
    }

    boolean isSlow() {
        return mean < LEAST_RATE || rate < LEAST_RATE;
    }

    boolean isKept() {
        return !isOver() && !isSlow();
    }
}
