/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

/**
 * How accounts are gathered into batches.
 *
 * @param maxBatch accounts in one call
 * @param maxHeld elements that may wait for their call
 * @param enough no more elements are asked for while so many are ready to leave
 * @param linger how long an account waits for others, in nanoseconds
 * @param joins whether accounts may join a call of their owner until it leaves
 */
public record BatchingOptions(int maxBatch, int maxHeld, int enough, long linger, boolean joins) {}
