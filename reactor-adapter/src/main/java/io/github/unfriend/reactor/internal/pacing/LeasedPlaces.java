/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

/**
 * The places of one API in this process, for whoever leases them from elsewhere. All methods but {@link #now} and {@link
 * #execute} are to be called inside {@link #execute} only, so that nothing is granted between a look and what follows.
 */
public interface LeasedPlaces {

    /** The pacer's clock, in nanoseconds. */
    long now();

    /** Has the pacer do something before it grants the next permit; on this or another thread, one thing at a time. */
    void execute(Runnable task);

    /** Callers that wait for a permit. */
    int waiting();

    /** Places that another process could not use yet. */
    int notTransferable();

    /**
     * From now on so many places may be taken, and no more.
     *
     * @param own as long as nothing else is said
     * @param leased as many more
     * @param until by {@link #now}
     */
    void places(int own, int leased, long until);
}
