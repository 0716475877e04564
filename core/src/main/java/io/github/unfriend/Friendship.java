/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.UserIds;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An element of a stream of deletions: one entry of a friend list, where To_Account stands in the list of
 * From_Account. The accounts are not checked here, since one bad account must not end a stream of millions.
 *
 * @param fromAccount the owner of the friend list
 * @param toAccount the friend in it
 */
public record Friendship(String fromAccount, String toAccount) implements Comparable<Friendship> {

    /**
     * Refuses null, nothing else.
     *
     * @param fromAccount the owner of the friend list
     * @param toAccount the friend in it
     */
    public Friendship {
        Objects.requireNonNull(fromAccount, "fromAccount");
        Objects.requireNonNull(toAccount, "toAccount");
    }

    /**
     * Tells what the service surely refuses about a UserID: none, more than 32 bytes in UTF-8 (the vendor's use limits),
     * half a character. Odd characters are let through, since the vendor's documents disagree about them. The gateway
     * checks each account by itself; this is for who wants to know before.
     *
     * @param userId the UserID to look at
     * @return null when it is fine, else a short text such as {@code UserID is empty}
     */
    public static @Nullable String problemWith(@Nullable String userId) {
        return UserIds.problemWith(userId);
    }

    /** Orders by From_Account, then by To_Account, both as strings. */
    @Override
    public int compareTo(Friendship other) {
        int order = fromAccount.compareTo(other.fromAccount);
        return order != 0 ? order : toAccount.compareTo(other.toAccount);
    }
}
