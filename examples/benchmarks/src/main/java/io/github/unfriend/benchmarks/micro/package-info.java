/* SPDX-License-Identifier: Apache-2.0 */
/** JMH: what a permit costs, and what reading an answer and writing a request cost. */
@NullMarked
package io.github.unfriend.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
