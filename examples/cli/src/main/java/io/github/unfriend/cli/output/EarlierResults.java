/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import io.github.unfriend.cli.input.AccountReader;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.lists.BadLineException;
import io.github.unfriend.lists.Line;
import io.github.unfriend.lists.LineCutter;
import io.github.unfriend.lists.ResultLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output of earlier runs. Its tail may be damaged, as a process that was killed or a power loss leaves it: a
 * line without end, zeros, part of a line behind another. Only a tail: behind a damaged line no good one may come.
 */
final class EarlierResults {

    private static final Set<String> GONE = Set.of("deleted", "not_friends");
    private static final Set<String> NOT_GONE = Set.of("failed", "unknown");

    /** More than a system writes at once when it loses its power. */
    private static final long LONGEST_TAIL = 1 << 16;

    private final FileChannel channel;
    private final String name;
    private final AccountSet done;
    private final boolean withTo;
    private long count;
    private long goodLines;
    private long goodUntil;
    private boolean isTornFirstLine;
    private @Nullable BadLineException damage;

    private EarlierResults(FileChannel channel, String name, AccountSet done, boolean withTo) {
        this.channel = channel;
        this.name = name;
        this.done = done;
        this.withTo = withTo;
    }

    /**
     * What was found.
     *
     * @param done how many accounts are done
     * @param length of the file, its damaged tail left out
     */
    record Found(long done, long length) {}

    /**
     * Reads the whole file and changes nothing.
     *
     * @param channel the file
     * @param name how messages call it
     * @param done takes the accounts that are done
     * @param withTo whether lines have a To_Account (delete), or not (delete-all)
     * @return what was found
     * @throws BadInputException if it is no such output, or damaged elsewhere than at its end
     */
    static Found read(FileChannel channel, String name, AccountSet done, boolean withTo) throws IOException {
        EarlierResults results = new EarlierResults(channel, name, done, withTo);
        try {
            return results.read();
        } catch (BadLineException e) {
            throw new BadInputException(e.messageIn(name), e);
        }
    }

    private Found read() throws IOException {
        long end = withoutZeros(channel.size());
        LineCutter lines = new LineCutter(this::read);
        ByteBuffer piece = ByteBuffer.allocate(1 << 16);
        long position = 0;
        while (position < end) {
            piece.clear().limit((int) Math.min(piece.capacity(), end - position));
            int read = channel.read(piece, position);
            if (read < 0) {
                break;
            }
            lines.take(piece.array(), 0, read);
            position += read;
        }
        lines.finish();
        if (damage != null && ((goodLines == 0 && !isTornFirstLine) || end - goodUntil > LONGEST_TAIL)) {
            throw damage; // no output of this command, or not only its tail
        }
        return new Found(count, goodUntil);
    }

    private void read(Line line) {
        if (line.isBlank()) {
            return;
        }
        try {
            if (!line.isTerminated()) {
                isTornFirstLine = line.number() == 1 && line.startsWith('{');
                throw notAResult(line);
            }
            ResultLine result = ResultLine.read(line);
            boolean isDone = isDone(result, line);
            if (damage != null) {
                throw new BadInputException(damage.messageIn(name));
            }
            goodLines++;
            goodUntil = line.end();
            if (isDone) {
                String to = result.to();
                count += done.markDone(String.valueOf(result.from()), to == null ? AccountReader.NONE : to) ? 1 : 0;
            }
        } catch (BadLineException e) {
            damage = damage == null ? e : damage;
        }
    }

    private boolean isDone(ResultLine result, Line line) {
        String outcome = result.outcome();
        if (result.from() == null || outcome == null || !(GONE.contains(outcome) || NOT_GONE.contains(outcome))) {
            throw notAResult(line);
        }
        if (withTo != (result.to() != null)) {
            String problem = withTo
                    ? "has no To_Account: this is the output of delete-all, not of delete"
                    : "has a To_Account: this is the output of delete, not of delete-all";
            throw new BadInputException(line.bad(problem).messageIn(name));
        }
        return GONE.contains(outcome);
    }

    private static BadLineException notAResult(Line line) {
        return line.bad("is no result line. The file is damaged, or no output of this command");
    }

    /** Where the zeros begin that a power loss may leave behind what was written. */
    private long withoutZeros(long size) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(1 << 12);
        long end = size;
        while (end > 0) {
            long start = Math.max(0, end - piece.capacity());
            piece.clear().limit((int) (end - start));
            int read = channel.read(piece, start);
            int i = read;
            while (i > 0 && piece.get(i - 1) == 0) {
                i--;
            }
            if (i > 0 || read < 0) {
                return start + Math.max(0, i);
            }
            end = start;
        }
        return 0;
    }
}
