/* SPDX-License-Identifier: Apache-2.0 */
/** Reads accounts from files and pipes, record by record. */
@NullMarked
package io.github.unfriend.cli.input;

import org.jspecify.annotations.NullMarked;
