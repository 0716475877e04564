/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.reactor.internal.retry.Backoff;
import io.github.unfriend.reactor.internal.retry.StandardRetryPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Made by {@link RetryPolicy#builder()} to change the figures of the standard policy. Delays are exponential with full
 * jitter: before attempt n + 1 a random time between zero and {@code baseDelay * 2^(n-1)}, at most {@code maxDelay}.
 * Not thread-safe; the policy is.
 */
public final class RetryPolicyBuilder {

    private int maxAttempts = 8;
    private Duration baseDelay = Duration.ofMillis(100);
    private Duration maxDelay = Duration.ofSeconds(10);
    private Duration securityPause = Duration.ofSeconds(10);
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    RetryPolicyBuilder() {}

    /**
     * How often an account is sent at most, the first time included. Default: 8.
     *
     * @param attempts at least 1; 1 means never again
     * @return this builder
     */
    public RetryPolicyBuilder maxAttempts(int attempts) {
        this.maxAttempts = Figures.atLeastOne(attempts, "maxAttempts");
        return this;
    }

    /**
     * The most that the first retry waits. Default: 100 ms.
     *
     * @param delay zero or more
     * @return this builder
     */
    public RetryPolicyBuilder baseDelay(Duration delay) {
        this.baseDelay = Figures.notNegative(delay, "baseDelay");
        return this;
    }

    /**
     * The most that any retry waits. Default: 10 s.
     *
     * @param delay zero or more
     * @return this builder
     */
    public RetryPolicyBuilder maxDelay(Duration delay) {
        this.maxDelay = Figures.notNegative(delay, "maxDelay");
        return this;
    }

    /**
     * How long the API pauses when the service's security policy refuses a call (31707). Default: 10 s.
     *
     * @param pause zero or more
     * @return this builder
     */
    public RetryPolicyBuilder securityPause(Duration pause) {
        this.securityPause = Figures.notNegative(pause, "securityPause");
        return this;
    }

    /**
     * Where the jitter comes from; for tests.
     *
     * @param source numbers from 0 inclusive to 1 exclusive
     * @return this builder
     */
    public RetryPolicyBuilder random(DoubleSupplier source) {
        this.random = Objects.requireNonNull(source, "random");
        return this;
    }

    /**
     * Builds the policy.
     *
     * @return an immutable policy
     */
    public RetryPolicy build() {
        return new StandardRetryPolicy(maxAttempts, new Backoff(baseDelay, maxDelay, random), securityPause);
    }
}
