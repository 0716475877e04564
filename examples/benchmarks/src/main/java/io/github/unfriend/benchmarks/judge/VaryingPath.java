/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.util.SplittableRandom;

/** Each piece takes up to 20 ms, in both directions. */
final class VaryingPath implements ConnectionDelays {

    private static final long MOST = 20_000_000;

    private final SplittableRandom random;

    /**
     * The path of one connection.
     *
     * @param random shared by all connections
     */
    VaryingPath(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public long requestLeaves(long now) {
        return now + random.nextLong(MOST);
    }

    @Override
    public long answerLeaves(long now) {
        return now + random.nextLong(MOST);
    }
}
