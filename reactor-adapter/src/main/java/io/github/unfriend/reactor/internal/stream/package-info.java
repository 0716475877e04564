/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One subscriber's stream: demand in, results out, the source, its end. {@code DeletionFlux} is the operator, {@code
 * DeletionSubscription} the stream of one subscriber, {@code SourceSubscriber} takes in what its source sends, {@code
 * ResultQueue} keeps what is not asked for yet, {@code RunningCalls} knows the calls that are not over, and {@code
 * ReadAhead} says how much the next call may have. {@code SingleDeletions} lets callers of single deletions share a stream.
 *
 * <p>What does not live here: which accounts travel together ({@code batch}), and what an answer means ({@code call}). This
 * package calls those two and is called by the gateway. All of a stream runs on its own worker ({@code SerialExecutor});
 * the source is asked on another thread.
 */
@NullMarked
package io.github.unfriend.reactor.internal.stream;

import org.jspecify.annotations.NullMarked;
