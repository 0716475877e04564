/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import io.github.unfriend.Friendship;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes friendships of bytes that come in pieces of any size, one a line. Blank lines are passed over, and so is a header
 * in the first line. A UserID that only the service would refuse is no bad line: the gateway answers it. Not thread-safe.
 */
public final class FriendshipReader {

    private final Consumer<? super Friendship> taker;
    private final LineCutter lines = new LineCutter(this::read);
    private @Nullable LineFormat format;
    private boolean isFirst = true;

    private FriendshipReader(@Nullable LineFormat format, Consumer<? super Friendship> taker) {
        this.format = format;
        this.taker = taker;
    }

    /**
     * For lines such as {@code From_Account,To_Account} or {@code {"from":…,"to":…}}, whichever the first one is.
     *
     * @param taker is given each friendship
     * @return a reader at the begin of the list
     */
    public static FriendshipReader ofPairs(Consumer<? super Friendship> taker) {
        return new FriendshipReader(null, taker);
    }

    /**
     * For one UserID a line; spaces and tabs around it do not belong to it.
     *
     * @param friendship makes a friendship of a UserID
     * @param taker is given each friendship
     * @return a reader at the begin of the list
     */
    public static FriendshipReader ofUserIds(
            Function<String, Friendship> friendship, Consumer<? super Friendship> taker) {
        return new FriendshipReader((line, isFirst) -> friendship.apply(line.trimmed()), taker);
    }

    /**
     * Reads on. The taker has all friendships before a bad line when that is thrown.
     *
     * @param bytes where the next bytes are
     * @param from the first of them
     * @param to behind the last
     * @throws BadLineException if a line is not what is wanted
     */
    public void take(byte[] bytes, int from, int to) {
        lines.take(bytes, from, to);
    }

    /**
     * The list is at its end; to be called only if all of it was read, for its last line may have no line end.
     *
     * @throws BadLineException if the last line is not what is wanted
     */
    public void finish() {
        lines.finish();
    }

    private void read(Line line) {
        if (line.isBlank()) {
            return;
        }
        LineFormat known = format;
        if (known == null) {
            known = line.trimmed().startsWith("{") ? new JsonFormat() : new CsvFormat();
            format = known;
        }
        Friendship friendship = known.read(line, isFirst);
        isFirst = false;
        if (friendship != null) {
            refuse(line, Characters.problemWith(friendship.fromAccount()));
            refuse(line, Characters.problemWith(friendship.toAccount()));
            taker.accept(friendship);
        }
    }

    private static void refuse(Line line, @Nullable String problem) {
        if (problem != null) {
            throw line.bad(problem + "; save the list as UTF-8 text without such characters");
        }
    }
}
