/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import org.jspecify.annotations.Nullable;

/** The two APIs the sandbox serves; each has its own limit, its own windows and its own running numbers. */
public enum Api {
    /** {@code v4/sns/friend_delete}: up to 1,000 To_Accounts of one From_Account. */
    FRIEND_DELETE(0, "/v4/sns/friend_delete"),
    /** {@code v4/sns/friend_delete_all}: the whole friend list of one From_Account. */
    FRIEND_DELETE_ALL(1, "/v4/sns/friend_delete_all");

    private final int index;
    private final String path;

    Api(int index, String path) {
        this.index = index;
        this.path = path;
    }

    /**
     * The path of the API.
     *
     * @return the path of the request URL, with its leading slash
     */
    public String path() {
        return path;
    }

    /** The place of this API in arrays. */
    int index() {
        return index;
    }

    static @Nullable Api at(String path) {
        if (FRIEND_DELETE.path.equals(path)) {
            return FRIEND_DELETE;
        }
        return FRIEND_DELETE_ALL.path.equals(path) ? FRIEND_DELETE_ALL : null;
    }
}
