/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Characters that nobody means as part of a UserID: they come from a damaged file, and would name another account. */
final class Characters {

    /** What stands for a byte that could not be read, here or by whoever wrote the list. */
    static final char REPLACEMENT = '\uFFFD';

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Characters() {}

    /** What is wrong with a UserID; null if nothing is. What only the service would refuse is not wrong here. */
    static @Nullable String problemWith(String userId) {
        for (int i = 0; i < userId.length(); i++) {
            char c = userId.charAt(i);
            String what = c == REPLACEMENT
                    ? "a character that was lost"
                    : c == BYTE_ORDER_MARK
                            ? "a byte order mark"
                            : Character.isISOControl(c) ? "a control character" : null;
            if (what != null) {
                return "has an account with " + what + String.format(Locale.ROOT, " (U+%04X)", (int) c);
            }
        }
        return null;
    }
}
