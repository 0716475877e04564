/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which accounts travel together in one call, and which batch is next. A {@code Pending} is an element of a stream
 * without a result; a {@code Batch} has accounts of one From_Account; {@code BatchQueue} holds all that waits in one
 * stream, and {@code AccountBatcher} gathers in it what comes in any order. {@code SerializedAccounts} knows the
 * From_Accounts that all streams of a gateway serve one call at a time.
 *
 * <p>What does not live here: when a call may leave, what is sent, and what an answer means. Everything belongs to the
 * worker of its stream, which calls it; nothing here calls anybody. Exceptions: {@code Departure}, which the event loop
 * shares, and {@code SerializedAccounts}, which is for all threads.
 */
@NullMarked
package io.github.unfriend.reactor.internal.batch;

import org.jspecify.annotations.NullMarked;
