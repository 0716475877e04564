/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import io.github.unfriend.DeleteType;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.internal.Json;
import io.github.unfriend.internal.Texts;
import io.github.unfriend.internal.UserIds;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes request bodies: compact JSON in UTF-8, members in the order of the documents. Stateless; any thread. */
public final class RequestWriter {
    /** The most To_Accounts in one call (friend_delete document). */
    public static final int MAX_TO_ACCOUNTS = 1_000;

    // Quotes and comma around a UserID, and room for the rest of the body.
    private static final int BYTES_PER_ACCOUNT = UserIds.MAX_BYTES + 3;
    private static final int BYTES_AROUND = 128;

    private RequestWriter() {}

    /**
     * The body of a {@code friend_delete} call.
     *
     * @param fromAccount the account whose friends are deleted
     * @param type one-way or two-way
     * @param toAccounts 1 to 1,000 friends
     * @return a new array
     * @throws InvalidRequestException if there are none or too many accounts, or one cannot be written as UTF-8
     */
    public static byte[] friendDelete(String fromAccount, DeleteType type, List<String> toAccounts) {
        if (toAccounts.isEmpty() || toAccounts.size() > MAX_TO_ACCOUNTS) {
            throw new InvalidRequestException("One call of friend_delete names 1 to " + MAX_TO_ACCOUNTS
                    + " To_Accounts, not " + toAccounts.size() + ". Split the list.");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(BYTES_AROUND + BYTES_PER_ACCOUNT * toAccounts.size());
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("From_Account", encodable(fromAccount));
            json.writeArrayPropertyStart("To_Account");
            for (String toAccount : toAccounts) {
                json.writeString(encodable(toAccount));
            }
            json.writeEndArray();
            json.writeStringProperty("DeleteType", type.wireName());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /**
     * The body of a {@code friend_delete_all} call.
     *
     * @param fromAccount the account whose friend list is emptied
     * @param type one-way or two-way
     * @return a new array
     * @throws InvalidRequestException if the account cannot be written as UTF-8
     */
    public static byte[] friendDeleteAll(String fromAccount, DeleteType type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BYTES_AROUND);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("From_Account", encodable(fromAccount));
            json.writeStringProperty("DeleteType", type.wireName());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    // The generator would write such a text in a form of its own, and the service would look for another account.
    private static String encodable(String account) {
        if (Texts.hasHalfCharacter(account)) {
            throw new InvalidRequestException("An account holds half a character (an unpaired surrogate) and cannot be"
                    + " sent. Check accounts with Friendship.problemWith first.");
        }
        return account;
    }
}
