/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.unfriend.CallbackRejectedException;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.UnfriendException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What a decoder made of a body: a value, or the reason and the message of the one error it may throw. Any other
 * Throwable goes through, and so becomes a finding.
 *
 * @param value the value, empty if the body was refused
 * @param complaint why it was refused, empty if it was not
 */
record Decoded<T>(Optional<T> value, String complaint) {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // Far above what decoding takes (some 15 times the body), far below what any blow-up would take.
    // The fuzzer's own hooks take memory with every comparison, so it runs with a larger allowance.
    private static final long BYTES_FOR_NOTHING = Long.getLong("unfriend.fuzz.allowance", 128 * 1024);
    private static final long BYTES_PER_BYTE = 64;
    // Plain words: a message that quotes the body would soon hold a brace, a quote or worse.
    private static final Pattern PLAIN = Pattern.compile("The (answer|body of the callback) [A-Za-z0-9_ ,-]{2,90}\\.");

    /** Decodes a body; checks what must hold for every body. */
    static <T> Decoded<T> of(int bodyLength, Supplier<T> decoder) {
        long allowed = BYTES_FOR_NOTHING + BYTES_PER_BYTE * bodyLength;
        long taken = Long.MAX_VALUE;
        Decoded<T> first = null;
        // Loading a class takes memory too, but only once: the least of some tries is what the decoder takes.
        for (int attempt = 0; attempt < 4 && (first == null || taken > allowed); attempt++) {
            long before = THREAD.getCurrentThreadAllocatedBytes();
            Decoded<T> decoded = decode(decoder);
            taken = Math.min(taken, THREAD.getCurrentThreadAllocatedBytes() - before);
            check(first == null || first.equals(decoded), "the same bytes, another result");
            first = decoded;
        }
        check(taken <= allowed, "took " + taken + " bytes of memory for a body of " + bodyLength);
        return first;
    }

    private static <T> Decoded<T> decode(Supplier<T> decoder) {
        try {
            return new Decoded<>(Optional.of(decoder.get()), "");
        } catch (MalformedAnswerException e) {
            checkError(e);
            return new Decoded<>(Optional.empty(), e.getMessage());
        } catch (CallbackRejectedException e) {
            switch (e.reason()) {
                case MALFORMED_BODY -> checkError(e);
                case WRONG_COMMAND ->
                    check(
                            "This is another callback than Sns.CallbackFriendDelete.".equals(e.getMessage()),
                            "a message that is not plain: " + e.getMessage());
                default -> throw new AssertionError("no reason to reject a body", e);
            }
            return new Decoded<>(Optional.empty(), e.reason() + ": " + e.getMessage());
        }
    }

    private static void checkError(UnfriendException e) {
        check(PLAIN.matcher(e.getMessage()).matches(), "a message that is not plain: " + e.getMessage());
        check(e.getCause() == null && e.getStackTrace().length == 0, "an error that carries more than its message");
    }

    /** Whether it was refused only for its size, which the reference decoder does not know. */
    boolean tooLarge() {
        return complaint.contains(" goes beyond what ")
                || complaint.contains(" is longer than ")
                || complaint.contains(" has more than ");
    }

    /** Fails with a message; plain Java, because every call costs the fuzzer time. */
    static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
