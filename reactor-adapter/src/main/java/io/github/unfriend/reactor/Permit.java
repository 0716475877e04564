/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

/**
 * What a {@link Pacer} hands out, so whoever writes a pacer implements it: the right to send one call. A permit is
 * granted, then either {@linkplain #written(String) written} or {@linkplain #giveBack() given back}; a written one is
 * {@linkplain #answered(boolean) answered} or {@linkplain #abandoned() abandoned}.
 *
 * <p>All methods may be called from any thread, never block and never throw; a second call of the same method changes
 * nothing.
 */
public interface Permit {

    /**
     * Tells that the request has left: its last byte was handed to the socket. To be told as soon as the transport knows,
     * also when the write failed half-way and the service may have seen it.
     *
     * @param host where it was sent; calls to one host are compared with each other
     */
    void written(String host);

    /** The same, where there is only one host. */
    default void written() {
        written("");
    }

    /**
     * Tells that the head of an answer to this call arrived.
     *
     * @param byService whether the service itself answered (HTTP 200), and nobody in front of it
     */
    void answered(boolean byService);

    /** The same, for an answer of the service itself. */
    default void answered() {
        answered(true);
    }

    /** Tells that nobody waits for an answer any more: its time is over, or its connection broke. */
    default void abandoned() {}

    /**
     * Gives the permit back unused: nothing of the request was written. The next waiting call gets the turn. Without
     * effect once the permit was written.
     */
    void giveBack();
}
