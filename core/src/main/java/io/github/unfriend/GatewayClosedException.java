/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.List;

/**
 * Ends streams and requests that are not done when the gateway is disposed of, and those that come later. Has no stack
 * trace.
 */
public final class GatewayClosedException extends UnfinishedException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception where nothing had begun. */
    public GatewayClosedException() {
        this(List.of(), 0);
    }

    private GatewayClosedException(List<ResultItem> results, long withoutResult) {
        super(
                "The gateway is closed. Build a new one, and dispose of it only when all work is done.",
                null,
                results,
                withoutResult);
    }

    @Override
    GatewayClosedException copy(List<ResultItem> known, long without) {
        return new GatewayClosedException(known, without);
    }
}
