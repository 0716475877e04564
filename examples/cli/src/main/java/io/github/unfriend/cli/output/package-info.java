/* SPDX-License-Identifier: Apache-2.0 */
/** Writes results as NDJSON, and reads them again to continue a run. */
@NullMarked
package io.github.unfriend.cli.output;

import org.jspecify.annotations.NullMarked;
