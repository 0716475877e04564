/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Objects;

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

    /** Orders by From_Account, then by To_Account, both as strings. */
    @Override
    public int compareTo(Friendship other) {
        int order = fromAccount.compareTo(other.fromAccount);
        return order != 0 ? order : toAccount.compareTo(other.toAccount);
    }
}
