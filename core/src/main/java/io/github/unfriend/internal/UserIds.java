/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import io.github.unfriend.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a UserID before it is given to the gateway: says what the service surely refuses about it. Odd characters are
 * let through, since the vendor's documents disagree about them (letters and digits in one place, any printable ASCII
 * in another).
 */
public final class UserIds {
    /** The most bytes a UserID may have in UTF-8 (vendor's use limits). */
    public static final int MAX_BYTES = 32;

    private UserIds() {}

    /**
     * Tells what is wrong with a UserID. Allocates nothing when it is fine.
     *
     * @param userId the UserID to look at
     * @return null when it is fine, else a short text such as
     *     {@code UserID has 33 bytes in UTF-8, the service allows 32}
     */
    public static @Nullable String problemWith(@Nullable String userId) {
        if (userId == null || userId.isEmpty()) {
            return "UserID is empty";
        }
        long bytes = 0;
        int length = userId.length();
        for (int i = 0; i < length; i++) {
            char c = userId.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(userId.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return "UserID holds half a character (an unpaired surrogate at index " + i + ")";
            }
        }
        return bytes <= MAX_BYTES ? null : "UserID has " + bytes + " bytes in UTF-8, the service allows " + MAX_BYTES;
    }

    /** Throws {@link InvalidRequestException} if the service surely refuses it. */
    public static void requireFromAccount(@Nullable String fromAccount) {
        String problem = problemWith(fromAccount);
        if (problem != null) {
            throw new InvalidRequestException("From_Account is no valid account: " + problem
                    + ". Give the UserID whose friends are to be deleted.");
        }
    }
}
