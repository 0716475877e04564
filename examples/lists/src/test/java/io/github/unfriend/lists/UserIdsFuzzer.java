/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.unfriend.Friendship;

/** The fuzz target of the reader of UserIDs; knows nothing of the fuzzer, so that any test can call it. */
public final class UserIdsFuzzer {

    private UserIdsFuzzer() {}

    /** Reads one list in all ways; every account must stand in it. */
    public static void fuzzerTestOneInput(byte[] list) {
        ReadList read =
                ReadList.of(list, taker -> FriendshipReader.ofUserIds(id -> new Friendship("owner", id), taker));
        String text = new String(list, UTF_8);
        for (Friendship friendship : read.friendships()) {
            ReadList.check(text.contains(friendship.toAccount()), "a UserID that is not in the list");
        }
    }
}
