/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/**
 * The two APIs that this library calls, as errors, retry policies and pacers name them. A closed list, so that a path
 * is never put together from strings and a one-account deletion can never turn into the deletion of all friends by a
 * typing mistake.
 */
public enum Api {
    /** Deletes up to 1,000 named friends of one account ({@code v4/sns/friend_delete}). */
    FRIEND_DELETE("friend_delete"),
    /** Deletes all friends of one account, with no result for each friend ({@code v4/sns/friend_delete_all}). */
    FRIEND_DELETE_ALL("friend_delete_all");

    private final String command;
    private final String path;

    Api(String command) {
        this.command = command;
        this.path = "/v4/sns/" + command;
    }

    /**
     * The absolute path of the API, without a query.
     *
     * @return for example {@code /v4/sns/friend_delete}
     */
    public String path() {
        return path;
    }

    /**
     * The name the vendor gives the API; the service counts its 200 calls a second for each of these.
     *
     * @return for example {@code friend_delete}
     */
    public String command() {
        return command;
    }
}
