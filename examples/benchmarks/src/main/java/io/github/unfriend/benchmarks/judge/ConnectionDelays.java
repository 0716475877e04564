/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

/**
 * When the bytes of one connection leave a proxy. Times are those of {@link System#nanoTime()}. Asked by one thread, in
 * the order in which the bytes came.
 */
interface ConnectionDelays {

    /** When bytes of a request that have come now are passed on. */
    long requestLeaves(long now);

    /** When bytes of an answer that have come now are passed on. */
    default long answerLeaves(long now) {
        return now;
    }
}
