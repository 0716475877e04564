/* SPDX-License-Identifier: Apache-2.0 */
/**
 * When a call may leave. A {@code SlidingPacer} has a {@code Lane} for each API, where callers ({@code Ticket}) wait in
 * line. Three ask no one but the clock: {@code Places} (how many calls may still be in the service's last second),
 * {@code Schedule} (at what distance they leave) and {@code RateFinder} (how many the service takes, if it takes fewer).
 * What {@code Places} knows of the way to the service it has from {@code RoundTrips}, which judges answers by what is
 * {@code Usual} and by whether they came in {@code Bunches}.
 */
@NullMarked
package io.github.unfriend.reactor.internal.pacing;

import org.jspecify.annotations.NullMarked;
