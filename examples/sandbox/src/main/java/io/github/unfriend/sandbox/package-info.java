/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The vendor's side of friend_delete and friend_delete_all, for tests, demos and benchmarks. It shares no code with the
 * client, because it judges the client.
 */
@NullMarked
package io.github.unfriend.sandbox;

import org.jspecify.annotations.NullMarked;
