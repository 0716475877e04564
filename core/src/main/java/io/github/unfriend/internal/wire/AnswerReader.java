/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.internal.JsonDocument;
import io.github.unfriend.internal.MalformedJsonException;
import java.util.Collections;
import java.util.Iterator;

/**
 * Reads answers. Lenient where the documents and the service differ: members in any order, unknown members of any
 * shape, missing texts, codes written as strings. Strict where it matters: anything but one whole JSON object with a
 * readable {@code ActionStatus} and {@code ErrorCode}, each given once, is a {@link MalformedAnswerException}; no bytes
 * lead to any other exception. Damaged text costs the text and not the code: bytes that are no UTF-8 become U+FFFD.
 *
 * <p>An element of {@code ResultItem} without a readable {@code To_Account} and {@code ResultCode} is passed over, so
 * that its account counts as left out; the others keep their results. A {@code To_Account} may be a number. A damaged one
 * is not readable, nor is a code among those of {@link io.github.unfriend.LocalCode}. Stateless; any thread; never blocks.
 */
public final class AnswerReader {

    private AnswerReader() {}

    /**
     * Reads the answer to {@code friend_delete}.
     *
     * @param body the whole body of the HTTP response
     * @return the answer, which may well be a refusal
     * @throws MalformedAnswerException if it is not an answer of the protocol
     */
    public static FriendDeleteAnswer friendDelete(byte[] body) {
        return friendDelete(body, 0, body.length);
    }

    /**
     * Reads the answer to {@code friend_delete}. The service answers in the order of the request: a To_Account that is the
     * next one of it is not made anew, nor is a text that is the one before.
     *
     * @param body the whole body of the HTTP response
     * @param requested the To_Accounts of the request, in its order; the answer may name others or in another order
     * @return the answer, which may well be a refusal
     * @throws MalformedAnswerException if it is not an answer of the protocol
     */
    public static FriendDeleteAnswer friendDelete(byte[] body, Iterator<String> requested) {
        return friendDelete(body, 0, body.length, requested);
    }

    /**
     * Reads the answer to {@code friend_delete} from a part of an array, in place.
     *
     * @param buffer holds the body of the HTTP response
     * @param offset where it starts
     * @param length how many bytes it has
     * @return the answer, which may well be a refusal
     * @throws MalformedAnswerException if it is not an answer of the protocol
     */
    public static FriendDeleteAnswer friendDelete(byte[] buffer, int offset, int length) {
        return friendDelete(buffer, offset, length, Collections.emptyIterator());
    }

    private static FriendDeleteAnswer friendDelete(byte[] buffer, int offset, int length, Iterator<String> requested) {
        try {
            EnvelopeReader answer = new EnvelopeReader(true, requested);
            JsonDocument.readDamaged(buffer, offset, length, answer);
            return new FriendDeleteAnswer(
                    answer.actionStatus(),
                    answer.errorCode(),
                    answer.errorInfo(),
                    answer.errorDisplay(),
                    answer.requestId(),
                    answer.items());
        } catch (MalformedJsonException e) {
            throw malformed(e);
        }
    }

    /**
     * Reads the answer to {@code friend_delete_all}.
     *
     * @param body the whole body of the HTTP response
     * @return the answer, which may well be a refusal
     * @throws MalformedAnswerException if it is not an answer of the protocol
     */
    public static FriendDeleteAllAnswer friendDeleteAll(byte[] body) {
        return friendDeleteAll(body, 0, body.length);
    }

    /**
     * Reads the answer to {@code friend_delete_all} from a part of an array, in place.
     *
     * @param buffer holds the body of the HTTP response
     * @param offset where it starts
     * @param length how many bytes it has
     * @return the answer, which may well be a refusal
     * @throws MalformedAnswerException if it is not an answer of the protocol
     */
    public static FriendDeleteAllAnswer friendDeleteAll(byte[] buffer, int offset, int length) {
        try {
            EnvelopeReader answer = new EnvelopeReader(false, Collections.emptyIterator());
            JsonDocument.readDamaged(buffer, offset, length, answer);
            return new FriendDeleteAllAnswer(
                    answer.actionStatus(),
                    answer.errorCode(),
                    answer.errorInfo(),
                    answer.errorDisplay(),
                    answer.requestId());
        } catch (MalformedJsonException e) {
            throw malformed(e);
        }
    }

    private static MalformedAnswerException malformed(MalformedJsonException e) {
        return new MalformedAnswerException("The answer " + e.getMessage() + ".");
    }
}
