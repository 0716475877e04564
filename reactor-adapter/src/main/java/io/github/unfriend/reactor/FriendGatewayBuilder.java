/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.Credentials;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.Region;
import io.github.unfriend.internal.Endpoints;
import io.github.unfriend.reactor.internal.DefaultFriendGateway;
import io.github.unfriend.reactor.internal.GatewayConfig;
import io.github.unfriend.reactor.internal.micrometer.MicrometerListener;
import io.github.unfriend.reactor.internal.observation.GatewayListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * Made by {@link FriendGateway#builder()} to build a gateway. One of {@link #credentials} and {@link #userSig},
 * and one of {@link #region} and {@link #endpoint} are required. Not thread-safe; the gateway is.
 */
public final class FriendGatewayBuilder {

    /** What metrics call an address of the user's own. */
    private static final String CUSTOM = "custom";

    private @Nullable Credentials credentials;
    private @Nullable UserSigProvider provider;
    private @Nullable URI primary;
    private @Nullable URI backup;
    private boolean allowPlainHttp;
    private int callsPerSecond = 200;
    private int maxConcurrentCalls = 64;
    private @Nullable Integer readAhead;
    private int maxHeldAccounts = 128_000;
    private int maxWaitingCalls = 10_000;
    private Duration callTimeout = Duration.ofSeconds(5);
    private Duration connectTimeout = Duration.ofSeconds(3);
    private Duration maxIdleTime = Duration.ofSeconds(25);
    private Duration callDeadline = Duration.ofMinutes(10);
    private Duration probeInterval = Duration.ofSeconds(30);
    private Duration linger = Duration.ofMillis(250);
    private Duration userSigLifetime = Duration.ofDays(1);
    private Clock clock = Clock.systemUTC();
    private RetryPolicy retry = RetryPolicy.standard();
    private @Nullable Pacer pacer;
    private UnaryOperator<HttpClient> httpClient = UnaryOperator.identity();
    private String regionName = CUSTOM;
    private @Nullable ObservationRegistry observations;
    private @Nullable MeterRegistry meters;

    FriendGatewayBuilder() {}

    /**
     * Who calls. This or {@link #userSig} is required.
     *
     * @param value SDKAppID, administrator and secret key
     * @return this builder
     */
    public FriendGatewayBuilder credentials(Credentials value) {
        this.credentials = Objects.requireNonNull(value, "credentials");
        this.provider = null;
        return this;
    }

    /**
     * Who calls, for those who keep the secret key elsewhere; instead of {@link #credentials}.
     *
     * @param value gives UserSigs
     * @return this builder
     */
    public FriendGatewayBuilder userSig(UserSigProvider value) {
        this.provider = Objects.requireNonNull(value, "userSig");
        this.credentials = null;
        return this;
    }

    /**
     * The data centre of the SDKAppID. Calls go to its primary host; after repeated faults on the way there, to its
     * backup host, until the primary can be reached again.
     *
     * @param value the region in which the SDKAppID was created
     * @return this builder
     */
    public FriendGatewayBuilder region(Region value) {
        this.primary = value.primary();
        this.backup = value.backup();
        this.regionName = value.name();
        return this;
    }

    /**
     * Any other address that speaks the protocol, instead of a region; without a backup.
     *
     * @param value {@code https://host[:port]}; plain {@code http} only to a loopback address, unless
     *     {@link #allowPlainHttp()} is said
     * @return this builder
     */
    public FriendGatewayBuilder endpoint(URI value) {
        this.primary = Objects.requireNonNull(value, "endpoint");
        this.backup = null;
        this.regionName = CUSTOM;
        return this;
    }

    /**
     * Lets plain http go to any host. UserSig and accounts then travel readable for everyone on the way.
     *
     * @return this builder
     */
    public FriendGatewayBuilder allowPlainHttp() {
        this.allowPlainHttp = true;
        return this;
    }

    /**
     * The most calls of each API in any sliding second, repeated ones included. Ignored when a {@link #pacer} is
     * given. Default: 200, the vendor's limit.
     *
     * @param calls 1 to 100,000
     * @return this builder
     */
    public FriendGatewayBuilder callsPerSecond(int calls) {
        this.callsPerSecond = Figures.callsPerSecond(calls);
        return this;
    }

    /**
     * The most calls of each API under way at once, and so the connections of each API. Default: 64, which are enough
     * for 200 calls a second with a latency of 300 ms.
     *
     * @param calls at least 1
     * @return this builder
     */
    public FriendGatewayBuilder maxConcurrentCalls(int calls) {
        this.maxConcurrentCalls = Figures.atLeastOne(calls, "maxConcurrentCalls");
        return this;
    }

    /**
     * How many calls a stream may make that its subscriber has not asked for yet. Operators such as {@code publishOn},
     * {@code flatMap} and {@code limitRate} ask for few results at a time; a call carries up to 1,000. Without reading
     * ahead each such window would be one call. Read-ahead is earned: such a call starts only if all that is answered or
     * under way beyond the demand, this call included, is at most as many accounts as the subscriber has taken so far.
     * So {@code take(10)} makes one call. Default: {@link #maxConcurrentCalls}.
     *
     * @param calls 0 or more; 0 makes a call only if a result is asked for that no other call will give
     * @return this builder
     */
    public FriendGatewayBuilder readAhead(int calls) {
        this.readAhead = Figures.zeroOrMore(calls, "readAhead");
        return this;
    }

    /**
     * How many elements of one stream may wait for their call, while they are gathered by From_Account. A stream whose
     * accounts come in random order needs fewer calls when this is large. It also bounds the single deletions of all
     * callers that have no result yet: one more ends with {@link io.github.unfriend.OverloadedException}. Less than 1,000
     * makes smaller calls. Default: 128,000. So many take about 30 MB, or 75 MB if each has a From_Account of its own.
     *
     * @param accounts at least 1
     * @return this builder
     */
    public FriendGatewayBuilder maxHeldAccounts(int accounts) {
        this.maxHeldAccounts = Figures.atLeastOne(accounts, "maxHeldAccounts");
        return this;
    }

    /**
     * How many calls of each API may wait for a connection, over all streams of the gateway. One more counts as not
     * sent. Default: 10,000.
     *
     * @param calls at least 1
     * @return this builder
     */
    public FriendGatewayBuilder maxWaitingCalls(int calls) {
        this.maxWaitingCalls = Figures.atLeastOne(calls, "maxWaitingCalls");
        return this;
    }

    /**
     * How long an answer may take, for each attempt, from the moment the request was written. The service
     * itself gives up after 3 s and asks for a longer time on this side (vendor's REST overview). Default: 5 s.
     *
     * @param timeout more than zero
     * @return this builder
     */
    public FriendGatewayBuilder callTimeout(Duration timeout) {
        this.callTimeout = Figures.moreThanZero(timeout, "callTimeout");
        return this;
    }

    /**
     * How long a connection may take to open. A host that swallows packets is left after three such faults. Default: 3 s.
     *
     * @param timeout more than zero
     * @return this builder
     */
    public FriendGatewayBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = Figures.moreThanZero(timeout, "connectTimeout");
        return this;
    }

    /**
     * How long a connection is kept without a call. Keep it below the idle time of the balancers and NATs on the way.
     * Default: 25 s.
     *
     * @param time more than zero
     * @return this builder
     */
    public FriendGatewayBuilder maxIdleTime(Duration time) {
        this.maxIdleTime = Figures.moreThanZero(time, "maxIdleTime");
        return this;
    }

    /**
     * How long one call may take over its attempts, the waits between them and pauses. After that it is not
     * sent any more, and its accounts end with what is known of them. Accounts that go on in another call (an item that
     * failed, half a batch, a batch put back until its From_Account's turn) start anew. Default: 10 minutes.
     *
     * @param deadline more than zero
     * @return this builder
     */
    public FriendGatewayBuilder callDeadline(Duration deadline) {
        this.callDeadline = Figures.moreThanZero(deadline, "callDeadline");
        return this;
    }

    /**
     * How long after a fatal refusal (credentials, configuration, permission, billing) the next caller's call goes as a
     * probe. Until then, and while the probe waits for its answer, everything fails at once with the error of the refusal:
     * going on would lock the identity out. Default: 30 s.
     *
     * @param interval more than zero
     * @return this builder
     */
    public FriendGatewayBuilder probeInterval(Duration interval) {
        this.probeInterval = Figures.moreThanZero(interval, "probeInterval");
        return this;
    }

    /**
     * How long an account waits for others of its From_Account while the source is slow. Default: 250 ms.
     *
     * @param time more than zero
     * @return this builder
     */
    public FriendGatewayBuilder linger(Duration time) {
        this.linger = Figures.moreThanZero(time, "linger");
        return this;
    }

    /**
     * How long a UserSig is valid. It is renewed when nine tenths of that time are over. Default: a day, the shortest
     * time that the vendor recommends.
     *
     * @param lifetime at least a second
     * @return this builder
     */
    public FriendGatewayBuilder userSigLifetime(Duration lifetime) {
        this.userSigLifetime = Figures.atLeastASecond(lifetime, "userSigLifetime");
        return this;
    }

    /**
     * The clock that dates signatures. Default: the clock of the system.
     *
     * @param value any clock
     * @return this builder
     */
    public FriendGatewayBuilder clock(Clock value) {
        this.clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * Decides what a failed attempt leads to. Default: {@link RetryPolicy#standard()}.
     *
     * @param policy thread-safe and quick
     * @return this builder
     */
    public FriendGatewayBuilder retry(RetryPolicy policy) {
        this.retry = Objects.requireNonNull(policy, "retry");
        return this;
    }

    /**
     * Decides when a call may leave. Give the same pacer to all gateways of an SDKAppID in this process. It is not
     * disposed of with the gateway. Default: a pacer of the gateway's own.
     *
     * @param value a pacer
     * @return this builder
     */
    public FriendGatewayBuilder pacer(Pacer value) {
        this.pacer = Objects.requireNonNull(value, "pacer");
        return this;
    }

    /**
     * Proxy, TLS, DNS and whatever else the HTTP client can do. Return the client that comes in, or one made from it: {@link
     * #build()} refuses another client or pool, another protocol than HTTP/1.1, and a client that repeats or redirects by
     * itself. A proxy resolves the service's name, unless the hook sets a resolver. The client's wiretap prints what is on
     * the wire, the UserSig included.
     *
     * @param customizer makes one client from another; called some times
     * @return this builder
     */
    public FriendGatewayBuilder httpClient(UnaryOperator<HttpClient> customizer) {
        this.httpClient = Objects.requireNonNull(customizer, "httpClient");
        return this;
    }

    /**
     * Observes every attempt of every call; needs Micrometer on the class path. What is observed says {@code
     * UnfriendObservation} in the package {@code micrometer}: never an account, an address or anything secret. Handlers
     * run on the event loop when a call leaves, so they must not block.
     *
     * @param registry where handlers and conventions are registered
     * @return this builder
     */
    public FriendGatewayBuilder observationRegistry(ObservationRegistry registry) {
        this.observations = Objects.requireNonNull(registry, "observationRegistry");
        return this;
    }

    /**
     * Registers the meters of the gateway, for as long as it is open; needs Micrometer on the class path. They stand in
     * the README.md of this module. With an {@linkplain #observationRegistry observation
     * registry} its handlers make the timer of the calls: they should be connected with this registry.
     *
     * @param registry where meters are registered
     * @return this builder
     */
    public FriendGatewayBuilder meterRegistry(MeterRegistry registry) {
        this.meters = Objects.requireNonNull(registry, "meterRegistry");
        return this;
    }

    /**
     * Builds the gateway. Signs once, opens no connection.
     *
     * @return a gateway; to be disposed of when it is no longer needed
     * @throws InvalidRequestException if something required is missing, or an address or the client of the {@link
     *     #httpClient} hook cannot be used
     */
    public FriendGateway build() {
        if (credentials == null && provider == null) {
            throw new InvalidRequestException(
                    "Credentials are missing: say .credentials(Credentials.of(sdkAppId, administrator, secretKey)), or"
                            + " .userSig(provider) if the key is kept elsewhere.");
        }
        if (primary == null) {
            throw new InvalidRequestException(
                    "The service's address is missing: say .region(Region.SINGAPORE), or whichever region the"
                            + " SDKAppID was created in, or .endpoint(uri).");
        }
        Endpoints.check(primary, allowPlainHttp);
        return new DefaultFriendGateway(new GatewayConfig(
                credentials,
                provider,
                primary,
                backup,
                maxConcurrentCalls,
                readAhead == null ? maxConcurrentCalls : readAhead,
                maxHeldAccounts,
                maxWaitingCalls,
                callTimeout,
                connectTimeout,
                maxIdleTime,
                callDeadline,
                probeInterval,
                linger,
                userSigLifetime,
                clock,
                retry,
                pacer,
                Pacer.builder().callsPerSecond(callsPerSecond),
                httpClient,
                listener(sdkAppId())));
    }

    private long sdkAppId() {
        return provider != null
                ? provider.sdkAppId()
                : Objects.requireNonNull(credentials).sdkAppId();
    }

    /** Micrometer's classes are touched only by those who gave a registry: there they are present. */
    private GatewayListener listener(long sdkAppId) {
        return observations == null && meters == null
                ? GatewayListener.NONE
                : new MicrometerListener(observations, meters, sdkAppId, regionName);
    }
}
