/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

import io.github.unfriend.Friendship;
import io.github.unfriend.lists.BadLineException;
import io.github.unfriend.lists.FriendshipReader;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** The friendships of a body, with its back-pressure. Not thread-safe: one for each body. */
public final class FriendshipLines {

    /** Pieces of the body that wait while their predecessor is worked off; each has some 64 KiB at the most. */
    private static final int PIECES_AHEAD = 2;

    private List<Friendship> complete = new ArrayList<>();
    private final FriendshipReader reader = FriendshipReader.ofPairs(friendship -> complete.add(friendship));

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
        try {
            return Flux.fromIterable(take(bytes));
        } catch (BadLineException e) {
            return Flux.fromIterable(takeComplete()).concatWith(Flux.error(e));
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
        reader.take(bytes, 0, bytes.length);
        return takeComplete();
    }

    /**
     * The body is at its end.
     *
     * @return the friendship of a last line without a line end, if there is one
     * @throws BadLineException if that is none
     */
    public List<Friendship> finish() {
        reader.finish();
        return takeComplete();
    }

    private List<Friendship> takeComplete() {
        List<Friendship> taken = complete;
        complete = new ArrayList<>();
        return taken;
    }
}
