/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.retry;

import static io.github.unfriend.reactor.Decision.Scope.ALL_APIS;
import static io.github.unfriend.reactor.Decision.Scope.THIS_API;

import io.github.unfriend.ErrorCode;
import io.github.unfriend.LocalCode;
import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.RetryPolicy;
import java.time.Duration;
import java.util.Set;

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
    /** A proxy that refuses a call refuses the next one, too. */
    private static final int HTTP_ATTEMPTS = 2;

    private static final int TOO_LARGE = 413;

    /** About one account, or about none: the batch has to be cut to find out. */
    private static final Set<Integer> MAY_MEAN_ONE_ACCOUNT =
            Set.of(ErrorCode.ILLEGAL_PARAMETER, ErrorCode.ACCOUNT_NOT_FOUND, ErrorCode.NO_FRIENDSHIP);

    @Override
    public Decision decide(AttemptFailure failure) {
        return switch (failure.kind()) {
            case NOT_SENT, AMBIGUOUS -> unanswered(failure);
            case HTTP_REFUSED -> httpRefused(failure);
            case REFUSED -> refused(failure);
        };
    }

    private Decision unanswered(AttemptFailure failure) {
        if (failure.code() == LocalCode.LEFT_OUT && failure.alike() > 1) {
            return new Decision.GiveUp(); // it was asked again, and left out again
        }
        Duration delay = backoff.after(failure.attempt());
        return again(failure, delay.compareTo(failure.retryAfter()) > 0 ? delay : failure.retryAfter());
    }

    private Decision httpRefused(AttemptFailure failure) {
        if (failure.httpStatus() == TOO_LARGE) {
            return failure.accounts() > 1 ? new Decision.Halve() : new Decision.GiveUp();
        }
        return failure.alike() < HTTP_ATTEMPTS && failure.attempt() < maxAttempts
                ? new Decision.Retry(backoff.after(failure.attempt()))
                : new Decision.Stop();
    }

    private Decision refused(AttemptFailure failure) {
        return switch (failure.errorCode().category()) {
            case TRANSIENT -> again(failure, backoff.after(failure.attempt()));
            case CONFLICT -> new Decision.Serialize(again(failure, backoff.after(failure.attempt())));
            case RATE_LIMITED ->
                new Decision.SlowDown(
                        failure.code() == ErrorCode.APP_RATE_LIMIT ? ALL_APIS : THIS_API,
                        again(failure, backoff.patientAfter(failure.attempt())));
            case SECURITY_POLICY ->
                new Decision.Pause(
                        THIS_API,
                        securityPause,
                        failure.alike() < SECURITY_ATTEMPTS ? again(failure, securityPause) : new Decision.GiveUp());
            case LOCKED_OUT -> new Decision.Pause(ALL_APIS, LOCKED_OUT_PAUSE, again(failure, LOCKED_OUT_PAUSE));
            // Not bounded by the attempts: whether it helped is known after one renewal.
            case SIGNATURE_EXPIRED -> new Decision.RenewUserSig();
            default -> unrepeatable(failure);
        };
    }

    private static Decision unrepeatable(AttemptFailure failure) {
        if (!failure.ofItem() && failure.errorCode().isFatal()) {
            return new Decision.Stop();
        }
        boolean blameUnknown =
                !failure.ofItem() && failure.accounts() > 1 && MAY_MEAN_ONE_ACCOUNT.contains(failure.code());
        return blameUnknown ? new Decision.Halve() : new Decision.GiveUp();
    }

    private Decision.ForAccounts again(AttemptFailure failure, Duration delay) {
        return failure.attempt() < maxAttempts ? new Decision.Retry(delay) : new Decision.GiveUp();
    }
}
