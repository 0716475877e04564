/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

/**
 * What an account has behind it.
 *
 * @param attempts how many calls it was part of
 * @param code what the last of them ended with
 * @param alike how many of them, the last ones in a row, ended so
 * @param ambiguous whether one of them ended without a readable answer about it, so that it may be deleted already
 */
public record AttemptHistory(int attempts, int code, int alike, boolean ambiguous) {

    /** Of an account that was in no call yet. */
    public static final AttemptHistory FRESH = new AttemptHistory(0, 0, 0, false);

    /** Of an account that was in two calls: the longer history, and ambiguous if one of both is. */
    AttemptHistory and(AttemptHistory other) {
        AttemptHistory more = attempts >= other.attempts ? this : other;
        return new AttemptHistory(more.attempts, more.code, more.alike, ambiguous || other.ambiguous);
    }

    /** One more attempt, which ended with this code; an ambiguous one is never forgotten. */
    public AttemptHistory tried(int how, boolean ambiguously) {
        return new AttemptHistory(attempts + 1, how, how == code ? alike + 1 : 1, ambiguous || ambiguously);
    }
}
