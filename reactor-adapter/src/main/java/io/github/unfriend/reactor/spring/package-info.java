/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The gateway as a bean of a Spring Boot application: made from {@code unfriend.*} properties, closed with the context.
 * Needs Spring Boot 4; nothing outside this package does.
 */
@NullMarked
package io.github.unfriend.reactor.spring;

import org.jspecify.annotations.NullMarked;
