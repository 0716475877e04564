/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Objects;

/**
 * What a stream or a {@link DeleteResult} gives for each friend: what became of it ({@code ResultItem} of the
 * friend_delete document).
 *
 * @param fromAccount the owner of the friend list
 * @param toAccount the friend to delete
 * @param resultCode 0 for deleted; a code of the service if positive, one of {@link LocalCode} if negative
 * @param resultInfo the service's text, or the library's own for a local code; empty or not on success, so never test
 *     it
 */
public record ResultItem(String fromAccount, String toAccount, int resultCode, String resultInfo) {

    /**
     * Refuses null, nothing else.
     *
     * @param fromAccount the owner of the friend list
     * @param toAccount the friend to delete
     * @param resultCode 0 for deleted
     * @param resultInfo the service's text
     */
    public ResultItem {
        Objects.requireNonNull(fromAccount, "fromAccount");
        Objects.requireNonNull(toAccount, "toAccount");
        Objects.requireNonNull(resultInfo, "resultInfo");
    }

    /**
     * What the code means for the friendship.
     *
     * @return never null
     */
    public Outcome outcome() {
        return Outcome.of(resultCode, resultInfo);
    }

    /**
     * The catalogue entry of the code.
     *
     * @return never null, also for an unknown code
     */
    public ErrorCode errorCode() {
        return ErrorCode.of(resultCode);
    }
}
