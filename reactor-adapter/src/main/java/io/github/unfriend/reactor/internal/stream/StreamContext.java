/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.reactor.internal.batch.BatchingOptions;
import io.github.unfriend.reactor.internal.batch.SerializedAccounts;
import io.github.unfriend.reactor.internal.call.ApiOperation;
import io.github.unfriend.reactor.internal.call.CallConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * What all streams of one gateway share.
 *
 * @param calls what their calls share
 * @param maxConcurrentCalls calls of one stream under way at once
 * @param readAhead calls of one stream that nobody has asked for yet
 * @param maxHeldAccounts elements of one stream that may wait for their call
 * @param linger how long an account waits for others while the source is slow
 * @param serializedAccounts the From_Accounts to be served one call at a time
 * @param registry the streams that are open
 * @param scheduler where streams work
 */
public record StreamContext(
        CallConfig calls,
        int maxConcurrentCalls,
        int readAhead,
        int maxHeldAccounts,
        Duration linger,
        SerializedAccounts serializedAccounts,
        StreamRegistry registry,
        Scheduler scheduler) {

    /** Batches that lie ready, so that a call need not wait for the source. */
    private static final int READY_BATCHES = 2;

    /** Of a stream: gathers as long as it makes fuller batches. */
    BatchingOptions batchingOfStreams(ApiOperation operation) {
        int enough = Math.max(READY_BATCHES * operation.maxBatch(), maxConcurrentCalls);
        return new BatchingOptions(operation.maxBatch(), maxHeldAccounts, enough, linger.toNanos(), false);
    }

    /** Of single deletions: they leave as soon as there is room for a call, and join it until then. */
    BatchingOptions batchingOfSingles(ApiOperation operation) {
        return new BatchingOptions(operation.maxBatch(), maxHeldAccounts, 0, 0, true);
    }

    long nanos() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
