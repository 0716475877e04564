/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import io.github.unfriend.Friendship;
import io.github.unfriend.lists.FriendshipReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where accounts come from: a file that can be read twice, or a stream that cannot. */
public final class Input {

    private final @Nullable Path file;
    private final InputStream standardInput;
    private final Function<Consumer<? super Friendship>, FriendshipReader> format;

    private Input(
            @Nullable Path file,
            InputStream standardInput,
            Function<Consumer<? super Friendship>, FriendshipReader> format) {
        this.file = file;
        this.standardInput = standardInput;
        this.format = format;
    }

    /**
     * One UserID a line.
     *
     * @param where a file, or {@code -} for the standard input
     * @param standardInput what {@code -} means
     * @param toFriendship makes a friendship of a UserID
     * @return an input that can surely be opened
     * @throws BadInputException if it cannot be opened
     */
    public static Input ids(String where, InputStream standardInput, Function<String, Friendship> toFriendship) {
        return new Input(path(where), standardInput, taker -> FriendshipReader.ofUserIds(toFriendship, taker))
                .checked();
    }

    /**
     * Friendships, as CSV or NDJSON, whichever it turns out to be.
     *
     * @param where a file, or {@code -} for the standard input
     * @param standardInput what {@code -} means
     * @return an input that can surely be opened
     * @throws BadInputException if it cannot be opened
     */
    public static Input pairs(String where, InputStream standardInput) {
        return new Input(path(where), standardInput, FriendshipReader::ofPairs).checked();
    }

    private static @Nullable Path path(String where) {
        if (where.equals("-")) {
            return null;
        }
        try {
            return Path.of(where);
        } catch (InvalidPathException e) {
            throw new BadInputException("'" + where + "' is no path of a file.", e);
        }
    }

    private Input checked() {
        if (file != null) {
            if (!Files.exists(file)) {
                throw new BadInputException("There is no file " + file + ".");
            }
            if (Files.isDirectory(file)) {
                throw new BadInputException(file + " is a directory; a file is wanted.");
            }
            if (!Files.isReadable(file)) {
                throw new BadInputException(file + " may not be read; see its permissions.");
            }
        }
        return this;
    }

    /**
     * Starts to read.
     *
     * @return a reader to close
     * @throws BadInputException if that fails
     */
    public AccountReader open() {
        if (file == null) {
            return new ListAccounts(standardInput, "the standard input", format);
        }
        try {
            return new ListAccounts(Files.newInputStream(file), file.toString(), format);
        } catch (IOException e) {
            throw new BadInputException("Cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a file from end to end, so that a malformed line is found before anything is sent.
     *
     * @param each is shown every account
     * @return how many accounts it holds, repeated ones included; -1 for a stream, which can be read only once
     * @throws BadInputException if a line is malformed
     */
    public long check(Consumer<Friendship> each) {
        if (file == null || !Files.isRegularFile(file)) {
            return -1;
        }
        long accounts = 0;
        try (AccountReader reader = open()) {
            Friendship next;
            while ((next = reader.next()) != null) {
                each.accept(next);
                accounts++;
            }
        }
        return accounts;
    }

    /**
     * The file, for a comparison with others.
     *
     * @return null for the standard input
     */
    public @Nullable Path file() {
        return file;
    }
}
