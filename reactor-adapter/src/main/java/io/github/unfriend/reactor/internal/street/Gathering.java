/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

/**
 * How accounts are gathered into batches.
 *
 * @param maxBatch accounts in one call
 * @param maxHeld elements that may wait for their call
 * @param enough no more elements are asked for while so many are ready to leave
 * @param linger how long an account waits for others, in nanoseconds
 * @param joins whether accounts may join a call of their owner until it leaves
 */
record Gathering(int maxBatch, int maxHeld, int enough, long linger, boolean joins) {

    /** Batches that lie ready, so that a call need not wait for the source. */
    private static final int READY_BATCHES = 2;

    /** Of a stream: gathers as long as it makes fuller batches. */
    static Gathering ofStream(StreetConfig config, Work work) {
        int enough = Math.max(READY_BATCHES * work.maxBatch(), config.maxConcurrentCalls());
        return new Gathering(
                work.maxBatch(),
                config.maxHeldAccounts(),
                enough,
                config.linger().toNanos(),
                false);
    }

    /** Of single deletions: they leave as soon as there is room for a call, and join it until then. */
    static Gathering ofSingles(StreetConfig config, Work work) {
        return new Gathering(work.maxBatch(), config.maxHeldAccounts(), 0, 0, true);
    }
}
