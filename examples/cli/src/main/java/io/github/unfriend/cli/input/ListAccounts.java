/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import io.github.unfriend.Friendship;
import io.github.unfriend.lists.BadLineException;
import io.github.unfriend.lists.FriendshipReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The accounts of a list that is read piece by piece: those before a bad line first, then the complaint about it. */
final class ListAccounts implements AccountReader {

    private static final int PIECE = 1 << 16;

    private final InputStream in;
    private final String name;
    private final FriendshipReader reader;
    private final Deque<Friendship> read = new ArrayDeque<>();
    private final byte[] piece = new byte[PIECE];
    private boolean ended;
    private @Nullable BadInputException bad;

    /**
     * A list at its begin.
     *
     * @param in the list, closed with this reader
     * @param name how messages call it
     * @param format makes the reader of its lines
     */
    ListAccounts(InputStream in, String name, Function<Consumer<? super Friendship>, FriendshipReader> format) {
        this.in = in;
        this.name = name;
        this.reader = format.apply(read::add);
    }

    @Override
    public @Nullable Friendship next() {
        while (read.isEmpty()) {
            if (bad != null) {
                throw bad;
            }
            if (ended) {
                return null;
            }
            readOn();
        }
        return read.poll();
    }

    private void readOn() {
        try {
            int count = in.read(piece);
            ended = count < 0;
            if (ended) {
                reader.finish();
            } else {
                reader.take(piece, 0, count);
            }
        } catch (BadLineException e) {
            bad = new BadInputException(e.messageIn(name), e);
        } catch (IOException e) {
            bad = new BadInputException("Cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException ignored) {
            // Only read from: nothing can be lost.
        }
    }
}
