/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Objects;

/**
 * One entry of a friend list: To_Account stands in the list of From_Account. The accounts are not checked here, since
 * one bad account must not end a stream of millions.
 *
 * @param fromAccount the owner of the friend list
 * @param toAccount the friend in it
 */
public record Friendship(String fromAccount, String toAccount) {

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
}
