/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.util.SplittableRandom;

/**
 * One request of a hundred arrives 200 ms late, as one whose packet was lost and sent again. This holds up its own
 * connection only, so requests on other connections overtake it.
 */
final class RetransmittingPath implements ConnectionDelays {

    private static final int ONE_OF = 100;
    private static final long LATE = 200_000_000;

    private final SplittableRandom random;
    private boolean inRequest;

    /**
     * The path of one connection.
     *
     * @param random shared by all connections
     */
    RetransmittingPath(SplittableRandom random) {
        this.random = random;
    }

    /** A request may come in several pieces; only its first one can be late, the proxy keeps the others behind it. */
    @Override
    public long requestLeaves(long now) {
        boolean isLate = !inRequest && random.nextInt(ONE_OF) == 0;
        inRequest = true;
        return isLate ? now + LATE : now;
    }

    @Override
    public long answerLeaves(long now) {
        inRequest = false;
        return now;
    }
}
