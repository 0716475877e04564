/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

/**
 * Given to {@link FriendGatewayBuilder#retry} to decide what a failed attempt leads to. The standard one is the table
 * of what each failure leads to; see {@link #builder()}. Replace it to decide otherwise: implementations must be
 * thread-safe and quick, for they run on the worker of a stream.
 */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * Decides what a failure leads to; asked once for a failed call, or for each failed item of an answer
     * ({@link AttemptFailure#ofItem}). Throwing ends the stream with that exception, after the results of all accounts that were
     * answered or may be deleted.
     *
     * @param failure what happened
     * @return what to do
     */
    Decision decide(AttemptFailure failure);

    /**
     * The standard policy, with its figures to choose.
     *
     * @return a builder
     */
    static RetryPolicyBuilder builder() {
        return new RetryPolicyBuilder();
    }

    /**
     * The standard policy with its standard figures.
     *
     * @return a policy
     */
    static RetryPolicy standard() {
        return builder().build();
    }
}
