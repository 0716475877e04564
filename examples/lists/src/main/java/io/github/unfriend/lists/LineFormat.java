/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import io.github.unfriend.Friendship;
import org.jspecify.annotations.Nullable;

/** How a line holds a friendship. */
interface LineFormat {

    /**
     * Reads a line that is not blank.
     *
     * @param isFirst whether no other one came before
     * @return null for a line that holds none, such as a header
     * @throws BadLineException if that is not what is wanted
     */
    @Nullable
    Friendship read(Line line, boolean isFirst);
}
