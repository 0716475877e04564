/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.observation;

/** How one attempt of one call ended. */
public enum CallEnd {
    /** The service said something of each account. */
    ANSWERED,
    /** The service refused the call as a whole. */
    REFUSED,
    /** It was written and no readable answer came. */
    NO_ANSWER,
    /** It was not written: no connection, or the connection closed before its turn. */
    NOT_SENT,
    /** It was written, and then the subscriber or the gateway left. */
    ABANDONED
}
