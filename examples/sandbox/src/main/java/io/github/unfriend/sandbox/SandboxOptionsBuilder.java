/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the options of a sandbox; not thread-safe. Every value has a default. */
public final class SandboxOptionsBuilder {
    private final Settings settings;

    SandboxOptionsBuilder(Settings settings) {
        this.settings = settings;
    }

    /**
     * The port on the loopback address.
     *
     * @param value 0 (the default) for any free one
     * @return this
     */
    public SandboxOptionsBuilder port(int value) {
        settings.port = within("port", value, 0, 65535);
        return this;
    }

    /**
     * The only SDKAppID that exists.
     *
     * @param value the SDKAppID
     * @return this
     */
    public SandboxOptionsBuilder sdkAppId(long value) {
        settings.sdkAppId = value;
        return this;
    }

    /**
     * The only app administrator.
     *
     * @param value a UserID
     * @return this
     */
    public SandboxOptionsBuilder administrator(String value) {
        settings.administrator = Objects.requireNonNull(value, "administrator");
        return this;
    }

    /**
     * The key that UserSigs must be made with.
     *
     * @param value used as text, not decoded
     * @return this
     */
    public SandboxOptionsBuilder secretKey(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the secret key is empty; leave it out to use the sandbox's own");
        }
        settings.secretKey = value;
        return this;
    }

    /**
     * The limit of each API.
     *
     * @param value calls a second, 200 by default, 0 for no limit
     * @return this
     */
    public SandboxOptionsBuilder callsPerSecond(int value) {
        return callsPerSecond(Api.FRIEND_DELETE, value).callsPerSecond(Api.FRIEND_DELETE_ALL, value);
    }

    /**
     * The limit of one API.
     *
     * @param api the API
     * @param value calls a second, 200 by default, 0 for no limit
     * @return this
     */
    public SandboxOptionsBuilder callsPerSecond(Api api, int value) {
        settings.callsPerSecond.put(api, within("calls per second", value, 0, 10_000));
        return this;
    }

    /**
     * Whether calls refused with 60007 count in the window that leads to 60007.
     *
     * @param value false by default
     * @return this
     */
    public SandboxOptionsBuilder refusedCallsCount(boolean value) {
        settings.refusedCallsCount = value;
        return this;
    }

    /**
     * The clock that UserSigs are judged by and callbacks are stamped with.
     *
     * @param value the system clock by default; must not block
     * @return this
     */
    public SandboxOptionsBuilder clock(Clock value) {
        settings.clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * How far the sandbox's clock is ahead of the one given.
     *
     * @param value negative when behind
     * @return this
     */
    public SandboxOptionsBuilder clockSkew(Duration value) {
        settings.clockSkew = Objects.requireNonNull(value, "clock skew");
        return this;
    }

    /**
     * Where {@code Sns.CallbackFriendDelete} is posted to after each friend_delete that removed something.
     *
     * @param url an http or https URL, null for no callbacks
     * @param token what {@code Sign} is made with, null for no {@code Sign}
     * @return this
     */
    public SandboxOptionsBuilder callback(@Nullable URI url, @Nullable String token) {
        if (url != null
                && (url.getHost() == null || !String.valueOf(url.getScheme()).startsWith("http"))) {
            throw new IllegalArgumentException("the callback URL must be like http://127.0.0.1:8080/path");
        }
        settings.callbackUrl = url;
        settings.callbackToken = token;
        return this;
    }

    /**
     * How long each answer takes.
     *
     * @param least the shortest time
     * @param most the longest time; between both every time is equally likely
     * @return this
     */
    public SandboxOptionsBuilder latency(Duration least, Duration most) {
        settings.latency = Latency.between(least, most);
        return this;
    }

    /**
     * What makes latencies repeatable.
     *
     * @param value any number
     * @return this
     */
    public SandboxOptionsBuilder seed(long value) {
        settings.seed = value;
        return this;
    }

    /**
     * The faults from the start; {@link Sandbox#misbehave} changes them later.
     *
     * @param value no faults by default
     * @return this
     */
    public SandboxOptionsBuilder faultPlan(FaultPlan value) {
        settings.faultPlan = Objects.requireNonNull(value, "fault plan");
        return this;
    }

    /**
     * The longest request body; longer ones answer HTTP 413.
     *
     * @param value in bytes, 1 MiB by default
     * @return this
     */
    public SandboxOptionsBuilder maxRequestBytes(int value) {
        settings.maxRequestBytes = within("longest request body", value, 1, 1 << 28);
        return this;
    }

    /**
     * Serves https with this context.
     *
     * @param value a server context, null for plain http
     * @return this
     */
    public SandboxOptionsBuilder tls(@Nullable SslContext value) {
        settings.tls = value;
        return this;
    }

    /**
     * After which time an idle connection is closed.
     *
     * @param value 60 s by default
     * @return this
     */
    public SandboxOptionsBuilder idleTimeout(Duration value) {
        settings.idleTimeout = Objects.requireNonNull(value, "idle timeout");
        return this;
    }

    /**
     * After how many requests a connection is ended politely, with {@code Connection: close} in the last answer.
     *
     * @param value 0 (the default) for no bound
     * @return this
     */
    public SandboxOptionsBuilder maxRequestsPerConnection(int value) {
        settings.maxRequestsPerConnection = within("requests per connection", value, 0, Integer.MAX_VALUE);
        return this;
    }

    /**
     * How many threads serve.
     *
     * @param value 1 by default
     * @return this
     */
    public SandboxOptionsBuilder eventLoops(int value) {
        settings.eventLoops = within("event loops", value, 1, 64);
        return this;
    }

    /**
     * After how many failed UserSig checks within a minute everything answers 70050 for a minute.
     *
     * @param value 0 (the default) for never
     * @return this
     */
    public SandboxOptionsBuilder failedChecksBeforeLock(int value) {
        settings.failedChecksBeforeLock = within("failed checks", value, 0, Integer.MAX_VALUE);
        return this;
    }

    /**
     * Whether answers are compressed for clients that accept it.
     *
     * @param value false by default
     * @return this
     */
    public SandboxOptionsBuilder gzip(boolean value) {
        settings.gzip = value;
        return this;
    }

    /**
     * Whether the first start in a JVM serves some calls of its own first, so that the judge is not cold.
     *
     * @param value true by default; takes some tenths of a second, once
     * @return this
     */
    public SandboxOptionsBuilder warmUp(boolean value) {
        settings.warmUp = value;
        return this;
    }

    /**
     * The options as they stand.
     *
     * @return immutable options
     */
    public SandboxOptions build() {
        return new SandboxOptions(new Settings(settings));
    }

    private static int within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
