/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

/**
 * The right to send one call, as a {@link Pacer} hands it out. A permit has a life: it is granted, then either
 * {@linkplain #written() written} or {@linkplain #giveBack() given back}; a written one may be
 * {@linkplain #answered() answered}. Its place in the sliding second is taken from the grant on and comes back one
 * window after the request was really written, not after it was planned: between the two, a cold or busy event loop may
 * be loading classes, and calls that were planned apart would leave together.
 *
 * <p>All methods may be called from any thread, never block and never throw; a second call of the same method changes
 * nothing.
 */
public interface Permit {

    /**
     * Tells that the request has left: its last byte was handed to the socket. From here the window of this call runs.
     * To be told as soon as the transport knows, also when the write failed half-way and the service may have seen it.
     */
    void written();

    /**
     * Tells that an answer to this call arrived, whatever it said. An answer proves that the request arrived before
     * it, which lets the pacer shorten the guard that it holds for network jitter.
     */
    void answered();

    /**
     * Gives the permit back unused: nothing of the request was written. The next waiting call gets the turn. Without
     * effect once the permit was written.
     */
    void giveBack();
}
