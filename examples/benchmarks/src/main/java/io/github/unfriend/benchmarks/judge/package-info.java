/* SPDX-License-Identifier: Apache-2.0 */
/** The server that counts: when calls arrived, in a process of its own, and what that says of the client. */
@NullMarked
package io.github.unfriend.benchmarks.judge;

import org.jspecify.annotations.NullMarked;
