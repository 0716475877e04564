/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.retry;

import static io.github.unfriend.reactor.Decision.Action.AGAIN;
import static io.github.unfriend.reactor.Decision.Action.GIVE_UP;
import static io.github.unfriend.reactor.Decision.Action.HALVE;
import static io.github.unfriend.reactor.Decision.Action.PAUSE;
import static io.github.unfriend.reactor.Decision.Action.PAUSE_ALL;
import static io.github.unfriend.reactor.Decision.Action.RENEW;
import static io.github.unfriend.reactor.Decision.Action.SERIALISE;
import static io.github.unfriend.reactor.Decision.Action.SLOW_DOWN;
import static io.github.unfriend.reactor.Decision.Action.SLOW_DOWN_ALL;
import static io.github.unfriend.reactor.Decision.Action.STOP;

import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.Failure;
import io.github.unfriend.reactor.RetryPolicy;
import java.time.Duration;

/**
 * What each failure leads to, as one piece of code.
 *
 * @param maxAttempts how often an account is sent at most
 * @param backoff the waits between attempts
 * @param securityPause how long an API rests after 31707
 */
public record StandardRetryPolicy(int maxAttempts, Backoff backoff, Duration securityPause) implements RetryPolicy {

    /** Too many failed signature checks: the service wants a minute of silence (tencent-chat error table, 70050). */
    private static final Duration LOCKED_OUT_PAUSE = Duration.ofSeconds(60);
    /** Going on against a security policy makes it worse. */
    private static final int SECURITY_ATTEMPTS = 3;
    /** The frequency limit of the whole SDKAppID, not of one API. */
    private static final int APP_WIDE_LIMIT = 60011;

    private static final int ILLEGAL_PARAMETER = 30001;

    @Override
    public Decision decide(Failure failure) {
        return switch (failure.kind()) {
            case NOT_SENT, AMBIGUOUS -> again(failure);
            case REFUSED -> refused(failure);
        };
    }

    private Decision refused(Failure failure) {
        return switch (failure.errorCode().category()) {
            case TRANSIENT -> again(failure);
            case CONFLICT -> within(failure, SERIALISE, backoff.after(failure.attempt()));
            case RATE_LIMITED ->
                within(
                        failure,
                        failure.code() == APP_WIDE_LIMIT ? SLOW_DOWN_ALL : SLOW_DOWN,
                        backoff.patientAfter(failure.attempt()));
            case SECURITY_POLICY -> {
                Decision pause = within(failure, PAUSE, securityPause);
                yield failure.alike() < SECURITY_ATTEMPTS ? pause : pause.once();
            }
            case LOCKED_OUT -> within(failure, PAUSE_ALL, LOCKED_OUT_PAUSE);
            // Not bounded by the attempts: whether it helped is known after one renewal.
            case SIGNATURE_EXPIRED -> Decision.of(RENEW);
            default -> unrepeatable(failure);
        };
    }

    private static Decision unrepeatable(Failure failure) {
        if (!failure.ofItem() && failure.errorCode().isFatal()) {
            return Decision.of(STOP);
        }
        boolean blameUnknown = !failure.ofItem() && failure.code() == ILLEGAL_PARAMETER && failure.accounts() > 1;
        return Decision.of(blameUnknown ? HALVE : GIVE_UP);
    }

    private Decision again(Failure failure) {
        return within(failure, AGAIN, backoff.after(failure.attempt()));
    }

    /** What concerns everybody is done in any case; these accounts go again within the attempts. */
    private Decision within(Failure failure, Decision.Action action, Duration delay) {
        Decision decision = Decision.of(action, delay);
        return failure.attempt() < maxAttempts ? decision : decision.once();
    }
}
