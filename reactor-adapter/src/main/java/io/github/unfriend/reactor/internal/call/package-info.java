/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One batch through its attempts, and what an answer or a failure means for each account. A {@code Call} is told what
 * happened and gives a {@code Disposition}: results, accounts to send again and when, the error that ends the stream. The
 * stream applies it; nothing here calls the stream. {@code ResponseHandler} reads answers, {@code FailureHandler} asks the
 * retry policy, {@code Settlement} is the result of one account, {@code SharedEffects} does what concerns other calls too.
 * {@code ApiOperation} is what differs between the two APIs. {@code RefusalLatch} and {@code ProbeGate} hold calls back: the
 * one after a fatal refusal, the other after a lock-out.
 *
 * <p>What does not live here: when a call may leave ({@code pacing}), how it is sent ({@code transport}), and how long
 * accounts wait before they go again ({@code retry}). Everything runs on the worker of the stream, except the writing of
 * the request, which is of the event loop.
 */
@NullMarked
package io.github.unfriend.reactor.internal.call;

import org.jspecify.annotations.NullMarked;
