/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

/**
 * What an account has behind it.
 *
 * @param attempts how many calls it was part of
 * @param code what the last of them ended with
 * @param alike how many of them, the last ones in a row, ended so
 * @param ambiguous whether one of them ended without a readable answer about it, so that it may be deleted already
 */
record Trace(int attempts, int code, int alike, boolean ambiguous) {

    static final Trace FRESH = new Trace(0, 0, 0, false);

    Trace and(Trace other) {
        Trace more = attempts >= other.attempts ? this : other;
        return new Trace(more.attempts, more.code, more.alike, ambiguous || other.ambiguous);
    }

    /** One more attempt, which ended with this code; an ambiguous one is never forgotten. */
    Trace tried(int how, boolean ambiguously) {
        return new Trace(attempts + 1, how, how == code ? alike + 1 : 1, ambiguous || ambiguously);
    }
}
