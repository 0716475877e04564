/* SPDX-License-Identifier: Apache-2.0 */
/** The rules of the house, checked over the classes of all modules. */
@NullMarked
package io.github.unfriend.architecture;

import org.jspecify.annotations.NullMarked;
