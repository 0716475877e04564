/* SPDX-License-Identifier: Apache-2.0 */
/** The {@code unfriend} command: bulk friend deletion from files, with progress and resume. */
@NullMarked
package io.github.unfriend.cli;

import org.jspecify.annotations.NullMarked;
