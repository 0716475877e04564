/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.InvalidRequestException;
import java.time.Duration;

/** What the builders check in common. */
final class Figures {

    /** For ever, as far as timers can count. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** What a pacer remembers of the last second grows with it. */
    private static final int MOST_CALLS = 100_000;

    private Figures() {}

    static int atLeastOne(int value, String name) {
        if (value < 1) {
            throw new InvalidRequestException(name + " must be at least 1, but is " + value);
        }
        return value;
    }

    static int zeroOrMore(int value, String name) {
        if (value < 0) {
            throw new InvalidRequestException(name + " must not be negative, but is " + value);
        }
        return value;
    }

    static int callsPerSecond(int value) {
        if (value > MOST_CALLS) {
            throw new InvalidRequestException("callsPerSecond must be at most " + MOST_CALLS + ", but is " + value);
        }
        return atLeastOne(value, "callsPerSecond");
    }

    static Duration moreThanZero(Duration value, String name) {
        if (value.isZero() || value.isNegative()) {
            throw new InvalidRequestException(name + " must be more than zero, but is " + value);
        }
        return value.compareTo(LONGEST) < 0 ? value : LONGEST;
    }

    static Duration atLeastASecond(Duration value, String name) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new InvalidRequestException(name + " must be at least one second, but is " + value);
        }
        return value;
    }

    static Duration notNegative(Duration value, String name) {
        if (value.isNegative()) {
            throw new InvalidRequestException(name + " must not be negative, but is " + value);
        }
        return value.compareTo(LONGEST) < 0 ? value : LONGEST;
    }
}
