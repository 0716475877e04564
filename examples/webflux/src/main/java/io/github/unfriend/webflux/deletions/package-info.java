/* SPDX-License-Identifier: Apache-2.0 */
/** Deletions that run in this application: their streams, their progress, and the routes to them. */
@NullMarked
package io.github.unfriend.webflux.deletions;

import org.jspecify.annotations.NullMarked;
