/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Objects;

/**
 * What the gateway answers to a {@link FriendDeleteAllRequest}: what became of the friend list. The service does not
 * say how many friends there were.
 *
 * @param fromAccount the owner of the friend list
 * @param errorCode 0 for done; a code of the service if positive, one of {@link LocalCode} if negative
 * @param errorInfo the service's text, or the library's own for a local code
 */
public record DeleteAllResult(String fromAccount, int errorCode, String errorInfo) {

    /**
     * Refuses null, nothing else.
     *
     * @param fromAccount the owner of the friend list
     * @param errorCode 0 for done
     * @param errorInfo the service's text
     */
    public DeleteAllResult {
        Objects.requireNonNull(fromAccount, "fromAccount");
        Objects.requireNonNull(errorInfo, "errorInfo");
    }

    /**
     * What the code means for the friend list.
     *
     * @return never null
     */
    public Outcome outcome() {
        return Outcome.of(errorCode, errorInfo);
    }
}
