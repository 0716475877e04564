/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

/**
 * What the judge saw of one API in one run.
 *
 * @param most the most calls that arrived in any sliding second
 * @param rate calls a second from the third second on
 * @param refused answers with an ErrorCode
 * @param errors what failed at the client
 * @param lateMicros by how much the judge itself was late at worst
 * @param load the machine's load average at the end of the run
 */
record Verdict(int most, double rate, long refused, long errors, long lateMicros, double load) {

    static final int LIMIT = 200;
    static final double LEAST_RATE = 198;

    boolean isOver() {
        return most > LIMIT;
    }

    boolean isSlow() {
        return rate < LEAST_RATE;
    }

    boolean isKept() {
        return !isOver() && !isSlow();
    }
}
