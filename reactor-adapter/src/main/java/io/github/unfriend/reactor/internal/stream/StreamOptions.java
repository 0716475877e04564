/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one stream was asked to do differently.
 *
 * @param stopOnError whether it ends at the first account whose outcome is FAILED or UNKNOWN
 * @param deadline how long it may take, or null
 */
public record StreamOptions(boolean stopOnError, @Nullable Duration deadline) {

    /** Failures are values, and it takes as long as it takes. */
    public static final StreamOptions USUAL = new StreamOptions(false, null);
}
