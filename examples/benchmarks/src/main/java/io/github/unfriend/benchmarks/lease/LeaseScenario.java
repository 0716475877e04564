/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.lease;

import java.util.Locale;

/** What happens in a run. */
enum LeaseScenario {
    /** All processes are busy from the begin to the end. */
    BUSY("all busy"),
    /** One is killed in the middle. */
    KILLED("one killed in the middle"),
    /** Two of four join later. */
    JOINING("two join late"),
    /** Each is idle and busy at random. */
    NOW_AND_THEN("each idle and busy at random"),
    /** Redis stands still for five seconds. */
    STOPPED("Redis stands still for 5 s"),
    /** Redis forgets everything. */
    FLUSHED("Redis is emptied"),
    /** The way to Redis and back takes up to 40 ms, any. */
    FAR("0 to 40 ms to Redis"),
    /** Redis is replaced by another one without memory. */
    RESTARTED("Redis is restarted without memory");

    private final String words;

    LeaseScenario(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
