/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.internal.pacing.SlidingPacer;
import io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig;
import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes a {@link RedisPacer}. All processes of one SDKAppID must be given the same figures. Not thread-safe; the pacer it
 * builds is.
 */
public final class RedisPacerBuilder {

    private final Supplier<StatefulConnection<String, String>> opener;
    private final Runnable whenClosed;
    private long sdkAppId;
    private int callsPerSecond = 200;
    private int processes = 1;
    private int fallback;
    private String prefix = "unfriend";
    private String processName = defaultName();
    private Duration guard = Duration.ofMillis(10);
    private int maxWaiting = 100_000;

    RedisPacerBuilder(Supplier<? extends StatefulConnection<String, String>> opener, Runnable whenClosed) {
        this.opener = opener::get;
        this.whenClosed = whenClosed;
    }

    /**
     * Whose quota is shared; must be set.
     *
     * @param id the SDKAppID
     * @return this builder
     */
    public RedisPacerBuilder sdkAppId(long id) {
        this.sdkAppId = id;
        return this;
    }

    /**
     * The most calls of each API, of all processes together, in any sliding second. Default: 200, the vendor's limit.
     *
     * @param calls 1 to 100,000
     * @return this builder
     */
    public RedisPacerBuilder callsPerSecond(int calls) {
        if (calls < 1 || calls > 100_000) {
            throw new InvalidRequestException("callsPerSecond must be 1 to 100,000");
        }
        this.callsPerSecond = calls;
        return this;
    }

    /**
     * How many processes may run at a time; needed only with {@link #fallbackCallsPerSecond}. Default: 1.
     *
     * @param most at least 1
     * @return this builder
     */
    public RedisPacerBuilder processes(int most) {
        if (most < 1) {
            throw new InvalidRequestException("processes must be at least 1");
        }
        this.processes = most;
        return this;
    }

    /**
     * How many calls a second of each API a process makes while Redis cannot be asked. So many for each of the {@link
     * #processes} are never leased, for a process that is cut off is seen by the service and not by Redis. Default: 0,
     * callers wait for Redis.
     *
     * @param calls 0 or more; times the number of processes at most {@link #callsPerSecond}
     * @return this builder
     */
    public RedisPacerBuilder fallbackCallsPerSecond(int calls) {
        if (calls < 0) {
            throw new InvalidRequestException("fallbackCallsPerSecond must be 0 or more");
        }
        this.fallback = calls;
        return this;
    }

    /**
     * What the names of the keys begin with. Default: {@code unfriend}.
     *
     * @param name not empty, without braces
     * @return this builder
     */
    public RedisPacerBuilder keyPrefix(String name) {
        if (name.isEmpty() || name.contains("{") || name.contains("}")) {
            throw new InvalidRequestException("keyPrefix must not be empty or have braces in it");
        }
        this.prefix = name;
        return this;
    }

    /**
     * What this process is called in {@link RedisPacer#quota}. It need not be unlike others: random digits are added.
     * Default: the variable {@code HOSTNAME} where it is set, and the number of the process.
     *
     * @param name not empty, at most 100 letters, digits, dots and hyphens
     * @return this builder
     */
    public RedisPacerBuilder processName(String name) {
        if (!name.matches("[A-Za-z0-9.-]{1,100}")) {
            throw new InvalidRequestException("processName must have 1 to 100 letters, digits, dots and hyphens");
        }
        this.processName = name;
        return this;
    }

    private static String defaultName() {
        String host = System.getenv("HOSTNAME");
        String number = Long.toString(ProcessHandle.current().pid());
        return host != null && host.matches("[A-Za-z0-9.-]{1,80}") ? host + '-' + number : number;
    }

    private static String unlikeAnyOther() {
        return UUID.randomUUID().toString().substring(24); // 48 random bits
    }

    /**
     * As {@link io.github.unfriend.reactor.PacerBuilder#guard}. Default: 10 ms.
     *
     * @param duration zero or more, less than a second
     * @return this builder
     */
    public RedisPacerBuilder guard(Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofSeconds(1)) >= 0) {
            throw new InvalidRequestException("guard must be at least zero and less than one second");
        }
        this.guard = duration;
        return this;
    }

    /**
     * How many callers of one API may wait for a permit in this process. Default: 100,000.
     *
     * @param callers at least 1
     * @return this builder
     */
    public RedisPacerBuilder maxWaiting(int callers) {
        if (callers < 1) {
            throw new InvalidRequestException("maxWaiting must be at least 1");
        }
        this.maxWaiting = callers;
        return this;
    }

    /**
     * Builds the pacer. Connects when the first call wants a permit, and goes on trying while Redis is away.
     *
     * @return a new pacer; whoever builds it disposes it
     * @throws InvalidRequestException if the figures do not fit each other
     */
    public RedisPacer build() {
        if (sdkAppId <= 0) {
            throw new InvalidRequestException("sdkAppId must be set: the quota belongs to it");
        }
        if ((long) processes * fallback > callsPerSecond) {
            throw new InvalidRequestException("processes times fallbackCallsPerSecond is " + (long) processes * fallback
                    + ", more than callsPerSecond (" + callsPerSecond + ")");
        }
        Scheduler timer = Schedulers.newSingle("unfriend-lease", true);
        Scheduler blocking = Schedulers.newBoundedElastic(1, 100, "unfriend-redis", 60, true);
        SlidingPacer local = new SlidingPacer(
                new SlidingPacerConfig(
                        callsPerSecond, guard.toNanos(), SlidingPacerConfig.NO_CAP, maxWaiting, System::nanoTime),
                timer);
        return new RedisPacer(
                local,
                new LeaseConfig(callsPerSecond, processes, fallback),
                new RedisScripts(opener, blocking),
                new RedisKeys(prefix, sdkAppId, processName + '-' + unlikeAnyOther()),
                timer,
                blocking,
                whenClosed);
    }
}
