/* SPDX-License-Identifier: Apache-2.0 */
/** The webhook the service fires after a friend was deleted ({@code Sns.CallbackFriendDelete}): model, JSON, checks. */
@NullMarked
package io.github.unfriend.callback;

import org.jspecify.annotations.NullMarked;
