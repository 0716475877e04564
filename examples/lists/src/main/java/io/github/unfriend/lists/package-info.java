/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One reader of lists for the command and the application. {@code LineCutter} makes lines of bytes that come in pieces of
 * any size; {@code FriendshipReader} makes friendships of lines, as CSV or NDJSON; {@code ResultLine} reads what the
 * command and the application write. It is strict about what will be sent: whatever is not surely meant as a UserID is
 * refused, with its line and the reason. Nothing here knows of files, HTTP or Reactor; nothing waits.
 */
@NullMarked
package io.github.unfriend.lists;

import org.jspecify.annotations.NullMarked;
