/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call leaves behind when it gives its place free. Each of its accounts is in exactly one of results, again and
 * batches, unless the call was fatal or stopped: those without a word are counted by the error that ends the stream.
 *
 * @param call the call
 * @param results accounts that are done
 * @param again accounts that failed one by one and go into later batches, or null
 * @param againAfter when they may go
 * @param batches batches to send in its place
 * @param fatal what ends the stream, or null
 */
record Finished<R>(
        Call<R> call,
        List<R> results,
        @Nullable Batch again,
        Duration againAfter,
        List<Batch> batches,
        @Nullable Throwable fatal) {

    static <R> Finished<R> nothing(Call<R> call) {
        return new Finished<>(call, List.of(), null, Duration.ZERO, List.of(), null);
    }

    static <R> Finished<R> inPieces(Call<R> call, List<Batch> batches) {
        return new Finished<>(call, List.of(), null, Duration.ZERO, batches, null);
    }
}
