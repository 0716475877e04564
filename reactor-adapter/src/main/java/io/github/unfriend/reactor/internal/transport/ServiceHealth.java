/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.NotSentException;
import io.github.unfriend.internal.Texts;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Whether the service answers at all. Single failures are what retries are for, and are logged by nobody. When some in a
 * row got no answer, that is logged once, and once when it is over. Thread-safe.
 */
final class ServiceHealth {

    private static final Logger LOG = Loggers.getLogger("io.github.unfriend.reactor.transport");

    /** So many in a row are no chance. */
    private static final int ATTEMPTS = 5;

    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile String latest = "";

    /** What keeps the service from answering; null if the latest attempts were answered. */
    @Nullable
    String problem() {
        return unanswered.get() >= ATTEMPTS ? latest : null;
    }

    /** A whole answer came: of the service, if its status is 200, else of somebody in front of it. */
    void seen(String host, int status) {
        if (status != Attempt.OK) {
            notAnswered(host, "HTTP status " + status);
        } else if (unanswered.get() > 0 && unanswered.getAndSet(0) >= ATTEMPTS) {
            LOG.info("{} answers again.", host);
        }
    }

    private void notAnswered(String host, String reason) {
        latest = "No answer from " + host + ": "
                + (reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason);
        if (unanswered.incrementAndGet() == ATTEMPTS) {
            LOG.warn("{} ({} attempts in a row; calls are tried again)", latest, ATTEMPTS);
        }
    }

    /** An attempt failed on its way. */
    void notAnswered(String host, Throwable error) {
        Throwable cause = error.getCause();
        // Before a call is sent the error is of the connection and knows nothing of the call; later it may quote it.
        notAnswered(
                host,
                error instanceof NotSentException && cause != null && cause.getMessage() != null
                        ? Texts.clean(cause.getMessage())
                        : String.valueOf(error.getMessage()));
    }
}
