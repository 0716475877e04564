/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

import io.github.unfriend.Friendship;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/**
 * Makes friendships of bytes that come in pieces of any size: a line each, as {@code From_Account,To_Account} or as
 * {@code {"from":…,"to":…}}, whichever the first line turns out to be. Blank lines are passed over, and so is a header
 * that names the two columns. A UserID that the service would refuse is no bad line: the gateway answers it.
 *
 * <p>Not thread-safe: one reader for each body.
 */
public final class FriendshipLines {

    /** Two UserIDs of 32 bytes, each written as an escape, and room for other members of a JSON object. */
    private static final int LONGEST_LINE = 4096;
    /** Pieces of the body that wait while their predecessor is worked off; each has some 64 KiB at the most. */
    private static final int PIECES_AHEAD = 2;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Strict: a replaced character would name another account. */
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    private byte[] begun = new byte[256];
    private int length;
    private long line;
    private @Nullable LineFormat format;

    /** A reader at the begin of a body. */
    public FriendshipLines() {}

    /**
     * The friendships of a body, with its back-pressure: no more of it is read than is asked for.
     *
     * @param body the bytes; each buffer is released
     * @return the friendships, or {@link BadLineException} after those before the bad line
     */
    public static Flux<Friendship> decode(Flux<DataBuffer> body) {
        return Flux.defer(() -> {
            FriendshipLines lines = new FriendshipLines();
            // Copied at once, so that no buffer waits in a queue that a cancellation would throw away.
            Flux<Friendship> complete = body.map(FriendshipLines::bytes).concatMap(lines::read, PIECES_AHEAD);
            Flux<Friendship> last = Flux.defer(() -> Flux.fromIterable(lines.finish()));
            // Not concatWith: a body that gives nothing but an unfinished line may end just when somebody asks for the
            // first time, and the demand would be lost.
            return Flux.just(complete, last).concatMap(part -> part);
        });
    }

    /** What comes before a bad line is given first: it can be worked off. */
    private Flux<Friendship> read(byte[] bytes) {
        List<Friendship> complete = new ArrayList<>();
        try {
            take(bytes, complete);
            return Flux.fromIterable(complete);
        } catch (BadLineException e) {
            return Flux.fromIterable(complete).concatWith(Flux.error(e));
        }
    }

    private static byte[] bytes(DataBuffer piece) {
        byte[] bytes = new byte[piece.readableByteCount()];
        piece.read(bytes);
        DataBufferUtils.release(piece);
        return bytes;
    }

    /**
     * Reads on.
     *
     * @param bytes the next bytes
     * @return the friendships whose lines are complete now
     * @throws BadLineException if one of them is none
     */
    public List<Friendship> take(byte[] bytes) {
        List<Friendship> complete = new ArrayList<>();
        take(bytes, complete);
        return complete;
    }

    private void take(byte[] bytes, List<Friendship> complete) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                append(bytes, start, i);
                addLine(complete);
                start = i + 1;
            }
        }
        append(bytes, start, bytes.length);
    }

    /**
     * The body is at its end.
     *
     * @return the friendship of a last line without a line end, if there is one
     * @throws BadLineException if that is none
     */
    public List<Friendship> finish() {
        List<Friendship> complete = new ArrayList<>();
        if (length > 0) {
            addLine(complete);
        }
        return complete;
    }

    private void append(byte[] bytes, int from, int to) {
        int more = to - from;
        if (length + more > LONGEST_LINE) {
            throw new BadLineException(
                    line + 1, "is longer than " + LONGEST_LINE + " bytes; a friendship a line is wanted");
        }
        if (length + more > begun.length) {
            begun = Arrays.copyOf(begun, LONGEST_LINE);
        }
        System.arraycopy(bytes, from, begun, length, more);
        length += more;
    }

    private void addLine(List<Friendship> complete) {
        line++;
        String text = text();
        length = 0;
        if (text.isBlank()) {
            return;
        }
        boolean first = format == null;
        if (format == null) {
            format = text.stripLeading().startsWith("{") ? new JsonLine() : new CsvLine();
        }
        Friendship friendship;
        try {
            friendship = format.read(text);
        } catch (LineFormat.Problem problem) {
            throw new BadLineException(line, problem.text);
        }
        if (!first || !isHeader(friendship)) {
            complete.add(friendship);
        }
    }

    private static boolean isHeader(Friendship friendship) {
        return friendship.fromAccount().equalsIgnoreCase("From_Account")
                && friendship.toAccount().equalsIgnoreCase("To_Account");
    }

    private String text() {
        int start = line == 1 && length >= 3 && Arrays.equals(begun, 0, 3, BOM, 0, 3) ? 3 : 0;
        try {
            return utf8.decode(ByteBuffer.wrap(begun, start, length - start)).toString();
        } catch (CharacterCodingException e) {
            throw new BadLineException(line, "is not UTF-8; save the list as UTF-8");
        }
    }
}
