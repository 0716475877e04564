/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import java.util.Objects;

/**
 * One element of {@code ResultItem} in the answer to {@code friend_delete}.
 *
 * @param toAccount the account as the service writes it
 * @param resultCode 0 for deleted
 * @param resultInfo the service's text, empty if it gave none
 */
public record AnswerItem(String toAccount, int resultCode, String resultInfo) {

    /**
     * Refuses null, nothing else.
     *
     * @param toAccount the account as the service writes it
     * @param resultCode 0 for deleted
     * @param resultInfo the service's text
     */
    public AnswerItem {
        Objects.requireNonNull(toAccount, "toAccount");
        Objects.requireNonNull(resultInfo, "resultInfo");
    }
}
