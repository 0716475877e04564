/* SPDX-License-Identifier: Apache-2.0 */
/** What the two friend-deletion APIs of Tencent Chat say: requests, results, error codes, credentials and regions. */
@NullMarked
package io.github.unfriend;

import org.jspecify.annotations.NullMarked;
