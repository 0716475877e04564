/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.github.unfriend.reactor.internal.lease.LeaseKeeper;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.util.Locale;

/**
 * What {@link RedisPacer#trouble} gives: why no places can be leased at this time.
 *
 * @param kind what to do about it depends on this
 * @param message for people; holds no password
 */
public record RedisTrouble(Kind kind, String message) {

    /** Kinds of trouble. */
    public enum Kind {
        /** There is no connection. Is Redis running, and is the address right? */
        UNREACHABLE,
        /** The answer takes too long for a lease. */
        SLOW,
        /** User or password are refused, or the user may not execute the script. */
        ACCESS,
        /** It is a replica, or refuses to write since too few replicas follow or its disk is full. */
        READ_ONLY,
        /** Its memory is used up. */
        OUT_OF_MEMORY,
        /** Another program uses the key for something else; see {@link RedisPacerBuilder#keyPrefix}. */
        WRONG_TYPE,
        /** It is loading its data, or the cluster has lost a part. */
        NOT_READY,
        /** Anything else; the message says more. */
        OTHER
    }

    static RedisTrouble of(Throwable error) {
        return new RedisTrouble(kind(error), message(error));
    }

    /** By the words with which Redis itself begins its errors: a host may be called anything. */
    private static Kind kind(Throwable error) {
        String text = texts(error);
        if (has(text, "WRONGPASS ", "NOAUTH ", "NOPERM ", "INVALID PASSWORD", "ERR AUTH ")) {
            return Kind.ACCESS;
        }
        if (has(text, "READONLY YOU", "MISCONF ", "NOREPLICAS ")) {
            return Kind.READ_ONLY;
        }
        if (has(text, "OOM COMMAND")) {
            return Kind.OUT_OF_MEMORY;
        }
        if (has(text, "WRONGTYPE OPERATION")) {
            return Kind.WRONG_TYPE;
        }
        if (has(text, "LOADING REDIS", "CLUSTERDOWN ", "MASTERDOWN ", "TRYAGAIN ", "BUSY REDIS")) {
            return Kind.NOT_READY;
        }
        if (error instanceof LeaseKeeper.LeaseTimeoutException || error instanceof RedisCommandTimeoutException) {
            return Kind.SLOW;
        }
        return error instanceof RedisConnectionException || has(text, "CLOSED", "NOT CONNECTED", "RESET", "REFUSED")
                ? Kind.UNREACHABLE
                : error instanceof RedisException && has(text, "CONNECT") ? Kind.UNREACHABLE : Kind.OTHER;
    }

    private static boolean has(String text, String... words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static String texts(Throwable error) {
        StringBuilder texts = new StringBuilder();
        for (Throwable each = error; each != null && texts.length() < 2_000; each = each.getCause()) {
            texts.append(each.getMessage()).append(' ');
        }
        return texts.toString().toUpperCase(Locale.ROOT);
    }

    private static String message(Throwable error) {
        String text = String.valueOf(error.getMessage());
        String first = text.lines().findFirst().orElse("");
        return error.getClass().getSimpleName() + ": " + first.substring(0, Math.min(200, first.length()));
    }
}
