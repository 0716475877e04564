/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.retry;

import static io.github.unfriend.reactor.Failure.Kind.AMBIGUOUS;
import static io.github.unfriend.reactor.Failure.Kind.NOT_SENT;
import static io.github.unfriend.reactor.Failure.Kind.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.reactor.Decision.Action;
import io.github.unfriend.reactor.Failure;
import io.github.unfriend.reactor.RetryPolicy;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table "what each failure leads to", row by row. */
@Tag("promise-5")
class StandardRetryPolicyTest {

    private final RetryPolicy policy = RetryPolicy.builder().random(() -> 0.5).build();

    private static Failure call(int code, int accounts) {
        return new Failure(REFUSED, Api.FRIEND_DELETE, 1, 1, accounts, code, "", false);
    }

    private static Failure item(int code) {
        return new Failure(REFUSED, Api.FRIEND_DELETE, 1, 1, 1, code, "", true);
    }

    @ParameterizedTest
    @CsvSource({
        // code, a whole call of 1,000, a whole call of 1, a single item
        "30006, AGAIN, AGAIN, AGAIN",
        "30007, AGAIN, AGAIN, AGAIN",
        "60008, AGAIN, AGAIN, AGAIN",
        "60014, AGAIN, AGAIN, AGAIN",
        "60013, AGAIN, AGAIN, AGAIN",
        "70169, AGAIN, AGAIN, AGAIN",
        "70202, AGAIN, AGAIN, AGAIN",
        "70500, AGAIN, AGAIN, AGAIN",
        "30008, SERIALISE, SERIALISE, SERIALISE",
        "60007, SLOW_DOWN, SLOW_DOWN, SLOW_DOWN",
        "60011, SLOW_DOWN_ALL, SLOW_DOWN_ALL, SLOW_DOWN_ALL",
        "60018, SLOW_DOWN, SLOW_DOWN, SLOW_DOWN",
        "60019, SLOW_DOWN, SLOW_DOWN, SLOW_DOWN",
        "31707, PAUSE, PAUSE, PAUSE",
        "70050, PAUSE_ALL, PAUSE_ALL, PAUSE_ALL",
        "70001, RENEW, RENEW, RENEW",
        "70003, STOP, STOP, GIVE_UP",
        "70009, STOP, STOP, GIVE_UP",
        "70013, STOP, STOP, GIVE_UP",
        "70014, STOP, STOP, GIVE_UP",
        "70016, STOP, STOP, GIVE_UP",
        "70020, STOP, STOP, GIVE_UP",
        "60010, STOP, STOP, GIVE_UP",
        "60012, STOP, STOP, GIVE_UP",
        "60025, STOP, STOP, GIVE_UP",
        "60026, STOP, STOP, GIVE_UP",
        "30004, STOP, STOP, GIVE_UP",
        "60020, STOP, STOP, GIVE_UP",
        "30001, HALVE, GIVE_UP, GIVE_UP",
        "30003, GIVE_UP, GIVE_UP, GIVE_UP",
        "31704, GIVE_UP, GIVE_UP, GIVE_UP",
        "34567, GIVE_UP, GIVE_UP, GIVE_UP",
    })
    void aRefusal(int code, Action batch, Action single, Action item) {
        assertThat(policy.decide(call(code, 1000)).action()).isEqualTo(batch);
        assertThat(policy.decide(call(code, 1)).action()).isEqualTo(single);
        assertThat(policy.decide(item(code)).action()).isEqualTo(item);
    }

    @Test
    void whatWasNotSentOrNotAnsweredGoesAgainWithinTheAttempts() {
        for (Failure.Kind kind : new Failure.Kind[] {NOT_SENT, AMBIGUOUS}) {
            int code = kind == NOT_SENT ? LocalCode.NOT_SENT : LocalCode.NO_ANSWER;
            for (int attempt = 1; attempt <= 8; attempt++) {
                Failure failure = new Failure(kind, Api.FRIEND_DELETE_ALL, attempt, attempt, 1, code, "", false);
                assertThat(policy.decide(failure).action()).isEqualTo(Action.AGAIN);
                assertThat(policy.decide(failure).again()).isEqualTo(attempt < 8);
            }
        }
    }

    @Test
    void delaysGrowExponentiallyWithFullJitterUpToAMost() {
        long[] millis = new long[7];
        for (int attempt = 1; attempt <= 7; attempt++) {
            Failure failure = new Failure(REFUSED, Api.FRIEND_DELETE, attempt, attempt, 1, 30006, "", false);
            millis[attempt - 1] = policy.decide(failure).delay().toMillis();
        }
        assertThat(millis).containsExactly(50, 100, 200, 400, 800, 1600, 3200);
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), () -> 0.999999);
        assertThat(backoff.after(60)).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), () -> 0.0).after(3))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void pausesAreLongerThanForARateLimit() {
        assertThat(policy.decide(call(70050, 1)).delay()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policy.decide(call(31707, 1)).delay())
                .isGreaterThan(policy.decide(call(60007, 1)).delay().multipliedBy(10));
        Failure third = new Failure(REFUSED, Api.FRIEND_DELETE, 3, 3, 1, 31707, "", false);
        assertThat(policy.decide(third).action())
                .as("everybody rests all the same")
                .isEqualTo(Action.PAUSE);
        assertThat(policy.decide(third).again()).isFalse();
        Failure first = new Failure(REFUSED, Api.FRIEND_DELETE, 4, 1, 1, 31707, "", false);
        assertThat(policy.decide(first).again())
                .as("other failures before it do not count")
                .isTrue();
    }

    @Test
    void oneAttemptMeansNeverAgain() {
        RetryPolicy once = RetryPolicy.builder().maxAttempts(1).build();
        for (int code : new int[] {30006, 30008, 60007, 31707, 70050}) {
            assertThat(once.decide(call(code, 5)).again()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesImpossibleFigures(int attempts) {
        Assertions.assertThatThrownBy(() -> RetryPolicy.builder().maxAttempts(attempts))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("at least 1");
        Assertions.assertThatThrownBy(() -> RetryPolicy.builder().baseDelay(Duration.ofMillis(-1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("baseDelay");
    }
}
