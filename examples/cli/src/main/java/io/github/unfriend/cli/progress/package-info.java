/* SPDX-License-Identifier: Apache-2.0 */
/** Shows how a run is going. */
@NullMarked
package io.github.unfriend.cli.progress;

import org.jspecify.annotations.NullMarked;
