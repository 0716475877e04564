/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.observation;

/** Told what becomes of one attempt of one call; the same rules as for {@link GatewayListener}. */
public interface CallListener {

    /** Nobody listens. */
    CallListener NONE = new CallListener() {};

    /** It has a connection and waits for its permit; on the event loop. */
    default void waiting() {}

    /**
     * It has its permit and is written now: from here on the service may see it; on the event loop.
     *
     * @param accounts how many accounts it names; accounts may have joined it while it waited
     */
    default void leaving(int accounts) {}

    /**
     * It is known how it ended; on the worker of the stream. Only the first end counts.
     *
     * @param end how
     * @param code what the service answered, or a {@link io.github.unfriend.LocalCode} where it did not
     */
    default void ended(CallEnd end, int code) {}

    /** Nobody wants to know any more how it ends; without effect when it is known. May overtake {@link #leaving}. */
    default void abandoned() {}
}
