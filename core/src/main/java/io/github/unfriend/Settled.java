/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Objects;

/**
 * What the methods of the gateway that take a function from elements to accounts give: a result beside the element of
 * the stream that it answers, such as a message that is now to be acknowledged.
 *
 * @param element what was given to the stream
 * @param result what became of its account
 * @param <T> the type of the elements
 * @param <R> the type of the results
 */
public record Settled<T, R>(T element, R result) {

    /**
     * Refuses null, nothing else.
     *
     * @param element what was given to the stream
     * @param result what became of its account
     */
    public Settled {
        Objects.requireNonNull(element, "element");
        Objects.requireNonNull(result, "result");
    }
}
