/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a sandbox behaves from its start. Immutable; made by {@link #builder()}. */
public final class SandboxOptions {

    /** The SDKAppID a sandbox serves unless told otherwise. */
    public static final long SDK_APP_ID = 1400000000L;

    /** The app administrator of a sandbox unless told otherwise. */
    public static final String ADMINISTRATOR = "administrator";

    /** The secret key of a sandbox unless told otherwise: a dummy that protects nothing. */
    public static final String SECRET_KEY = "sandbox-key-for-tests-and-demos-it-protects-nothing";

    private final Builder values;

    private SandboxOptions(Builder values) {
        this.values = values;
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The defaults: any port, 200 calls a second, no faults, answers without delay.
     *
     * @return the options
     */
    public static SandboxOptions defaults() {
        return builder().build();
    }

    /**
     * A builder with these values, to change some.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(values);
    }

    int port() {
        return values.port;
    }

    long sdkAppId() {
        return values.sdkAppId;
    }

    String administrator() {
        return values.administrator;
    }

    String secretKey() {
        return values.secretKey;
    }

    int callsPerSecond(Api api) {
        return values.callsPerSecond.getOrDefault(api, 200);
    }

    boolean refusedCallsCount() {
        return values.refusedCallsCount;
    }

    Clock clock() {
        return values.clock;
    }

    Duration clockSkew() {
        return values.clockSkew;
    }

    @Nullable
    URI callbackUrl() {
        return values.callbackUrl;
    }

    @Nullable
    String callbackToken() {
        return values.callbackToken;
    }

    Latency latency() {
        return values.latency;
    }

    long seed() {
        return values.seed;
    }

    FaultPlan faultPlan() {
        return values.faultPlan;
    }

    int maxRequestBytes() {
        return values.maxRequestBytes;
    }

    @Nullable
    SslContext tls() {
        return values.tls;
    }

    Duration idleTimeout() {
        return values.idleTimeout;
    }

    int maxRequestsPerConnection() {
        return values.maxRequestsPerConnection;
    }

    int eventLoops() {
        return values.eventLoops;
    }

    int failedChecksBeforeLock() {
        return values.failedChecksBeforeLock;
    }

    boolean gzip() {
        return values.gzip;
    }

    boolean warmUp() {
        return values.warmUp;
    }

    /** Collects options; not thread-safe. Every value has a default. */
    public static final class Builder {
        private int port;
        private long sdkAppId = SDK_APP_ID;
        private String administrator = ADMINISTRATOR;
        private String secretKey = SECRET_KEY;
        private Map<Api, Integer> callsPerSecond = new EnumMap<>(Api.class);
        private boolean refusedCallsCount;
        private Clock clock = Clock.systemUTC();
        private Duration clockSkew = Duration.ZERO;
        private @Nullable URI callbackUrl;
        private @Nullable String callbackToken;
        private Latency latency = Latency.NONE;
        private long seed = 1;
        private FaultPlan faultPlan = FaultPlan.none();
        private int maxRequestBytes = 1 << 20;
        private @Nullable SslContext tls;
        private Duration idleTimeout = Duration.ofSeconds(60);
        private int maxRequestsPerConnection;
        private int eventLoops = 1;
        private int failedChecksBeforeLock;
        private boolean gzip;
        private boolean warmUp = true;

        private Builder() {}

        private Builder(Builder other) {
            port = other.port;
            sdkAppId = other.sdkAppId;
            administrator = other.administrator;
            secretKey = other.secretKey;
            callsPerSecond = new EnumMap<>(other.callsPerSecond);
            refusedCallsCount = other.refusedCallsCount;
            clock = other.clock;
            clockSkew = other.clockSkew;
            callbackUrl = other.callbackUrl;
            callbackToken = other.callbackToken;
            latency = other.latency;
            seed = other.seed;
            faultPlan = other.faultPlan;
            maxRequestBytes = other.maxRequestBytes;
            tls = other.tls;
            idleTimeout = other.idleTimeout;
            maxRequestsPerConnection = other.maxRequestsPerConnection;
            eventLoops = other.eventLoops;
            failedChecksBeforeLock = other.failedChecksBeforeLock;
            gzip = other.gzip;
            warmUp = other.warmUp;
        }

        /**
         * The port on the loopback address.
         *
         * @param value 0 (the default) for any free one
         * @return this
         */
        public Builder port(int value) {
            port = within("port", value, 0, 65535);
            return this;
        }

        /**
         * The only SDKAppID that exists.
         *
         * @param value the SDKAppID
         * @return this
         */
        public Builder sdkAppId(long value) {
            sdkAppId = value;
            return this;
        }

        /**
         * The only app administrator.
         *
         * @param value a UserID
         * @return this
         */
        public Builder administrator(String value) {
            administrator = Objects.requireNonNull(value, "administrator");
            return this;
        }

        /**
         * The key that UserSigs must be made with.
         *
         * @param value used as text, not decoded
         * @return this
         */
        public Builder secretKey(String value) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("the secret key is empty; leave it out to use the sandbox's own");
            }
            secretKey = value;
            return this;
        }

        /**
         * The limit of each API.
         *
         * @param value calls a second, 200 by default, 0 for no limit
         * @return this
         */
        public Builder callsPerSecond(int value) {
            return callsPerSecond(Api.FRIEND_DELETE, value).callsPerSecond(Api.FRIEND_DELETE_ALL, value);
        }

        /**
         * The limit of one API.
         *
         * @param api the API
         * @param value calls a second, 200 by default, 0 for no limit
         * @return this
         */
        public Builder callsPerSecond(Api api, int value) {
            callsPerSecond.put(api, within("calls per second", value, 0, 10_000));
            return this;
        }

        /**
         * Whether calls refused with 60007 count in the window that leads to 60007.
         *
         * @param value false by default
         * @return this
         */
        public Builder refusedCallsCount(boolean value) {
            refusedCallsCount = value;
            return this;
        }

        /**
         * The clock that UserSigs are judged by and callbacks are stamped with.
         *
         * @param value the system clock by default; must not block
         * @return this
         */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * How far the sandbox's clock is ahead of the one given.
         *
         * @param value negative when behind
         * @return this
         */
        public Builder clockSkew(Duration value) {
            clockSkew = Objects.requireNonNull(value, "clock skew");
            return this;
        }

        /**
         * Where {@code Sns.CallbackFriendDelete} is posted to after each friend_delete that removed something.
         *
         * @param url an http or https URL, null for no callbacks
         * @param token what {@code Sign} is made with, null for no {@code Sign}
         * @return this
         */
        public Builder callback(@Nullable URI url, @Nullable String token) {
            if (url != null
                    && (url.getHost() == null
                            || !String.valueOf(url.getScheme()).startsWith("http"))) {
                throw new IllegalArgumentException("the callback URL must be like http://127.0.0.1:8080/path");
            }
            callbackUrl = url;
            callbackToken = token;
            return this;
        }

        /**
         * How long each answer takes.
         *
         * @param least the shortest time
         * @param most the longest time; between both every time is equally likely
         * @return this
         */
        public Builder latency(Duration least, Duration most) {
            latency = Latency.between(least, most);
            return this;
        }

        /**
         * What makes latencies repeatable.
         *
         * @param value any number
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The faults from the start; {@link Sandbox#misbehave} changes them later.
         *
         * @param value no faults by default
         * @return this
         */
        public Builder faultPlan(FaultPlan value) {
            faultPlan = Objects.requireNonNull(value, "fault plan");
            return this;
        }

        /**
         * The longest request body; longer ones answer HTTP 413.
         *
         * @param value in bytes, 1 MiB by default
         * @return this
         */
        public Builder maxRequestBytes(int value) {
            maxRequestBytes = within("longest request body", value, 1, 1 << 28);
            return this;
        }

        /**
         * Serves https with this context.
         *
         * @param value a server context, null for plain http
         * @return this
         */
        public Builder tls(@Nullable SslContext value) {
            tls = value;
            return this;
        }

        /**
         * After which time an idle connection is closed.
         *
         * @param value 60 s by default
         * @return this
         */
        public Builder idleTimeout(Duration value) {
            idleTimeout = Objects.requireNonNull(value, "idle timeout");
            return this;
        }

        /**
         * After how many requests a connection is ended politely, with {@code Connection: close} in the last answer.
         *
         * @param value 0 (the default) for no bound
         * @return this
         */
        public Builder maxRequestsPerConnection(int value) {
            maxRequestsPerConnection = within("requests per connection", value, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * How many threads serve.
         *
         * @param value 1 by default
         * @return this
         */
        public Builder eventLoops(int value) {
            eventLoops = within("event loops", value, 1, 64);
            return this;
        }

        /**
         * After how many failed UserSig checks within a minute everything answers 70050 for a minute.
         *
         * @param value 0 (the default) for never
         * @return this
         */
        public Builder failedChecksBeforeLock(int value) {
            failedChecksBeforeLock = within("failed checks", value, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Whether answers are compressed for clients that accept it.
         *
         * @param value false by default
         * @return this
         */
        public Builder gzip(boolean value) {
            gzip = value;
            return this;
        }

        /**
         * Whether the first start in a JVM serves some calls of its own first, so that the judge is not cold.
         *
         * @param value true by default; takes some tenths of a second, once
         * @return this
         */
        public Builder warmUp(boolean value) {
            warmUp = value;
            return this;
        }

        /**
         * The options as they stand.
         *
         * @return immutable options
         */
        public SandboxOptions build() {
            return new SandboxOptions(new Builder(this));
        }

        private static int within(String what, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(what + " must be " + least + " to " + most + ", not " + value);
            }
            return value;
        }
    }
}
