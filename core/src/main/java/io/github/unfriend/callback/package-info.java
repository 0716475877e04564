/* SPDX-License-Identifier: Apache-2.0 */
/** The webhook request that the service sends after a friend was deleted ({@code Sns.CallbackFriendDelete}). */
@NullMarked
package io.github.unfriend.callback;

import org.jspecify.annotations.NullMarked;
