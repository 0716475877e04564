/* SPDX-License-Identifier: Apache-2.0 */
/** What all routes share: problems, headers, and who may ask. */
@NullMarked
package io.github.unfriend.webflux.web;

import org.jspecify.annotations.NullMarked;
