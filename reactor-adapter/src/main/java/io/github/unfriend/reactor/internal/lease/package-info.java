/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One quota over many processes. {@code LeaseKeeper} asks a {@code LeaseStore} for places a few times a second, gives those
 * back that are not needed, and tells the local pacer how many it may use and until when. The keeper's work is done inside the
 * pacer's drain, so nothing is granted between a look at the places and the word to the store. Nothing here knows of
 * Redis; what it asks and is told are plain values.
 */
@NullMarked
package io.github.unfriend.reactor.internal.lease;

import org.jspecify.annotations.NullMarked;
