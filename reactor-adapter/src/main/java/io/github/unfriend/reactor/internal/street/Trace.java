/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

/**
 * What an account has behind it.
 *
 * @param attempts how many calls it was part of
 * @param ambiguous whether one of them ended without a readable answer about it, so that it may be deleted already
 */
record Trace(int attempts, boolean ambiguous) {

    static final Trace FRESH = new Trace(0, false);

    Trace and(Trace other) {
        return new Trace(Math.max(attempts, other.attempts), ambiguous || other.ambiguous);
    }
}
