/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Collection;
import java.util.Objects;

/**
 * One code of the service, or of this library ({@link LocalCode}), with what it means and what to do.
 *
 * @param number the number on the wire
 * @param category how to react
 * @param meaning what happened, in a few words
 * @param advice what to do about it
 */
public record ErrorCode(int number, ErrorCategory category, String meaning, String advice) {

    /**
     * Refuses null, nothing else.
     *
     * @param number the number on the wire
     * @param category how to react
     * @param meaning what happened
     * @param advice what to do about it
     */
    public ErrorCode {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(advice, "advice");
    }

    /**
     * Looks a number up. Never fails: a number in no table keeps its number and gets {@link ErrorCategory#UNKNOWN}.
     *
     * @param number the number on the wire
     * @return never null
     */
    public static ErrorCode of(int number) {
        return ErrorCatalogue.find(number);
    }

    /**
     * Every code with an entry of its own, by number. The range 38000 to 39000 (codes an app's own webhook makes up) is
     * known to {@link #of} only.
     *
     * @return unmodifiable
     */
    public static Collection<ErrorCode> all() {
        return ErrorCatalogue.all();
    }

    /**
     * Whether a whole call answered with this code ends a stream, see {@link ErrorCategory#isFatal()}. On a single item
     * it concerns that item only.
     *
     * @return true if no further call can succeed
     */
    public boolean isFatal() {
        return category.isFatal();
    }
}
