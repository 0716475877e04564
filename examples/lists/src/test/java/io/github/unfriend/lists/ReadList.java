/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.unfriend.Friendship;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What became of a list: the friendships, and why it was refused, if it was.
 *
 * @param friendships those before the bad line
 * @param problem what the exception says, or empty
 */
record ReadList(List<Friendship> friendships, String problem) {

    /**
     * Reads a list whole, as the command reads a file, and in pieces, as the application reads an upload; all must lead to
     * the same.
     */
    static ReadList of(byte[] list, Function<Consumer<? super Friendship>, FriendshipReader> format) {
        ReadList whole = inPieces(list, Math.max(1, list.length), format);
        for (int piece : new int[] {1, 2, 7}) {
            check(whole.equals(inPieces(list, piece, format)), "something else in pieces of " + piece);
        }
        if (whole.problem.isEmpty()) {
            check(isUtf8(list), "taken though it is not UTF-8");
        }
        for (Friendship friendship : whole.friendships) {
            check(Characters.problemWith(friendship.fromAccount()) == null, "a From_Account with a damaged character");
            check(Characters.problemWith(friendship.toAccount()) == null, "a To_Account with a damaged character");
        }
        return whole;
    }

    private static ReadList inPieces(
            byte[] list, int size, Function<Consumer<? super Friendship>, FriendshipReader> format) {
        List<Friendship> friendships = new ArrayList<>();
        FriendshipReader reader = format.apply(friendships::add);
        try {
            for (int from = 0; from < list.length; from += size) {
                reader.take(list, from, Math.min(list.length, from + size));
            }
            reader.finish();
            return new ReadList(friendships, "");
        } catch (BadLineException refused) {
            return new ReadList(friendships, String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isUtf8(byte[] list) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(list));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Plain Java, because every call costs the fuzzer time. */
    static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
