/* SPDX-License-Identifier: Apache-2.0 */
/** The Spring Boot application of the README, with friendships that it makes itself. */
@NullMarked
package io.github.unfriend.benchmarks.demand.web;

import org.jspecify.annotations.NullMarked;
