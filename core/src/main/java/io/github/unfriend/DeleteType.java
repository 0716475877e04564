/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/**
 * Given with every deletion: whose friend list it touches ({@code DeleteType} on the wire). Always sent explicitly:
 * the documents name no default for {@code friend_delete}, and the vendor's other APIs disagree about theirs.
 */
public enum DeleteType {
    /** Removes To_Account from the list of From_Account only ({@code Delete_Type_Single}). */
    SINGLE("Delete_Type_Single"),
    /** Removes each account from the list of the other ({@code Delete_Type_Both}). */
    BOTH("Delete_Type_Both");

    private final String wireName;

    DeleteType(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The value of the {@code DeleteType} member in a request body; case-sensitive.
     *
     * @return the name as the service writes it
     */
    public String wireName() {
        return wireName;
    }
}
