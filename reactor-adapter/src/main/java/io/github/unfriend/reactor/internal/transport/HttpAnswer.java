/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.Api;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.NoAnswerException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came back on a connection, from the service or from something in between. Not yet an error, whatever it says: it
 * was read to its end, and the connection is good for the next call.
 */
public final class HttpAnswer {

    private static final int HTTP_OK = 200;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_SERVER_ERROR = 500;
    /** Request Timeout, Too Early, Too Many Requests: the same request may succeed a moment later. */
    private static final Set<Integer> ASK_AGAIN = Set.of(408, 425, 429);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Api api;
    private final String host;
    private final int status;
    private final @Nullable String retryAfter;
    private final Body body;

    HttpAnswer(Api api, String host, int status, @Nullable String retryAfter, Body body) {
        this.api = api;
        this.host = host;
        this.status = status;
        this.retryAfter = retryAfter;
        this.body = body;
    }

    /** Who was called, {@code host[:port]}. */
    public String host() {
        return host;
    }

    /** The HTTP status if it is another one than 200; else 0. */
    public int refusedStatus() {
        return status == HTTP_OK ? 0 : status;
    }

    /** Whether something in front of the service refused the call, and will refuse the next one. */
    public boolean isRefusedOnTheWay() {
        return status >= FIRST_REDIRECT && status < FIRST_SERVER_ERROR && !ASK_AGAIN.contains(status);
    }

    /** How long {@code Retry-After} asks to wait, at most a minute; zero if it does not, or as a date that is over. */
    public Duration retryAfter() {
        Duration wait = retryAfter == null ? Duration.ZERO : parsed(retryAfter.strip());
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private static Duration parsed(String value) {
        try {
            return value.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(Instant.now(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException unreadable) {
            return Duration.ZERO;
        }
    }

    /**
     * The bytes that the service sent.
     *
     * @return a whole body, not yet known to be JSON
     * @throws NoAnswerException if the HTTP status says that it was not the service that answered
     * @throws MalformedAnswerException if it was longer than anything the service says
     */
    public byte[] content() {
        if (status != HTTP_OK) {
            throw new NoAnswerException("The answer to " + api.command() + " has the HTTP status " + status
                    + "; the service itself always answers 200, so this comes from something in between.");
        }
        return body.wholeAnswer();
    }
}
