/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.retry;

import static io.github.unfriend.reactor.AttemptFailure.Kind.AMBIGUOUS;
import static io.github.unfriend.reactor.AttemptFailure.Kind.NOT_SENT;
import static io.github.unfriend.reactor.AttemptFailure.Kind.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.Decision;
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

    private static AttemptFailure call(int code, int accounts) {
        return new AttemptFailure(REFUSED, Api.FRIEND_DELETE, 1, 1, accounts, code, "", false);
    }

    private static AttemptFailure item(int code) {
        return new AttemptFailure(REFUSED, Api.FRIEND_DELETE, 1, 1, 1, code, "", true);
    }

    /** The name of a decision, with its scope if it has one. */
    private static String kind(Decision decision) {
        String name = decision.getClass().getSimpleName();
        return decision.match(new Decision.Cases<>() {
            @Override
            public String forAccounts(Decision.ForAccounts accounts) {
                return name;
            }

            @Override
            public String slowDown(Decision.SlowDown slowDown) {
                return name + " " + slowDown.scope();
            }

            @Override
            public String pause(Decision.Pause pause) {
                return name + " " + pause.scope();
            }

            @Override
            public String serialize(Decision.Serialize serialize) {
                return name;
            }
        });
    }

    private static boolean again(Decision decision) {
        return decision.accounts() instanceof Decision.Retry;
    }

    private static Duration delay(Decision decision) {
        return ((Decision.Retry) decision.accounts()).delay();
    }

    @ParameterizedTest
    @CsvSource({
        // code, a whole call of 1,000, a whole call of 1, a single item
        "30006, Retry, Retry, Retry",
        "30007, Retry, Retry, Retry",
        "60008, Retry, Retry, Retry",
        "60014, Retry, Retry, Retry",
        "60013, Retry, Retry, Retry",
        "70169, Retry, Retry, Retry",
        "70202, Retry, Retry, Retry",
        "70500, Retry, Retry, Retry",
        "30008, Serialize, Serialize, Serialize",
        "60007, SlowDown THIS_API, SlowDown THIS_API, SlowDown THIS_API",
        "60011, SlowDown ALL_APIS, SlowDown ALL_APIS, SlowDown ALL_APIS",
        "60018, SlowDown THIS_API, SlowDown THIS_API, SlowDown THIS_API",
        "60019, SlowDown THIS_API, SlowDown THIS_API, SlowDown THIS_API",
        "31707, Pause THIS_API, Pause THIS_API, Pause THIS_API",
        "70050, Pause ALL_APIS, Pause ALL_APIS, Pause ALL_APIS",
        "70001, RenewUserSig, RenewUserSig, RenewUserSig",
        "70003, Stop, Stop, GiveUp",
        "70009, Stop, Stop, GiveUp",
        "70013, Stop, Stop, GiveUp",
        "70014, Stop, Stop, GiveUp",
        "70016, Stop, Stop, GiveUp",
        "70020, Stop, Stop, GiveUp",
        "60010, Stop, Stop, GiveUp",
        "60012, Stop, Stop, GiveUp",
        "60025, Stop, Stop, GiveUp",
        "60026, Stop, Stop, GiveUp",
        "30004, Stop, Stop, GiveUp",
        "60020, Stop, Stop, GiveUp",
        "30001, Halve, GiveUp, GiveUp",
        "30003, Halve, GiveUp, GiveUp",
        "31704, Halve, GiveUp, GiveUp",
        "34567, GiveUp, GiveUp, GiveUp",
    })
    void aRefusal(int code, String batch, String single, String item) {
        assertThat(kind(policy.decide(call(code, 1000)))).isEqualTo(batch);
        assertThat(kind(policy.decide(call(code, 1)))).isEqualTo(single);
        assertThat(kind(policy.decide(item(code)))).isEqualTo(item);
    }

    @Test
    void anHttpStatusIsTriedOnceMoreAndTooLargeACallIsHalved() {
        assertThat(kind(policy.decide(http(404, 1, 10)))).isEqualTo("Retry");
        assertThat(kind(policy.decide(http(404, 2, 10)))).isEqualTo("Stop");
        assertThat(kind(RetryPolicy.builder().maxAttempts(1).build().decide(http(404, 1, 10))))
                .isEqualTo("Stop");
        assertThat(kind(policy.decide(http(413, 1, 10)))).isEqualTo("Halve");
        assertThat(kind(policy.decide(http(413, 1, 1)))).isEqualTo("GiveUp");
    }

    private static AttemptFailure http(int status, int alike, int accounts) {
        return new AttemptFailure(
                AttemptFailure.Kind.HTTP_REFUSED,
                Api.FRIEND_DELETE,
                alike,
                alike,
                accounts,
                LocalCode.HTTP_REFUSED,
                "",
                false,
                status,
                Duration.ZERO);
    }

    @Test
    void retryAfterIsKept() {
        AttemptFailure busy = new AttemptFailure(
                AMBIGUOUS, Api.FRIEND_DELETE, 1, 1, 1, LocalCode.NO_ANSWER, "", false, 503, Duration.ofSeconds(40));
        assertThat(delay(policy.decide(busy))).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void anAccountThatIsLeftOutGoesAgainOnce() {
        for (int alike = 1; alike <= 2; alike++) {
            AttemptFailure failure =
                    new AttemptFailure(AMBIGUOUS, Api.FRIEND_DELETE, alike, alike, 1, LocalCode.LEFT_OUT, "", true);
            assertThat(kind(policy.decide(failure))).isEqualTo(alike == 1 ? "Retry" : "GiveUp");
        }
    }

    @Test
    void whatWasNotSentOrNotAnsweredGoesAgainWithinTheAttempts() {
        for (AttemptFailure.Kind kind : new AttemptFailure.Kind[] {NOT_SENT, AMBIGUOUS}) {
            int code = kind == NOT_SENT ? LocalCode.NOT_SENT : LocalCode.NO_ANSWER;
            for (int attempt = 1; attempt <= 8; attempt++) {
                AttemptFailure failure =
                        new AttemptFailure(kind, Api.FRIEND_DELETE_ALL, attempt, attempt, 1, code, "", false);
                assertThat(kind(policy.decide(failure))).isEqualTo(attempt < 8 ? "Retry" : "GiveUp");
            }
        }
    }

    @Test
    void delaysGrowExponentiallyWithFullJitterUpToAMost() {
        long[] millis = new long[7];
        for (int attempt = 1; attempt <= 7; attempt++) {
            AttemptFailure failure =
                    new AttemptFailure(REFUSED, Api.FRIEND_DELETE, attempt, attempt, 1, 30006, "", false);
            millis[attempt - 1] = delay(policy.decide(failure)).toMillis();
        }
        assertThat(millis).containsExactly(50, 100, 200, 400, 800, 1600, 3200);
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), () -> 0.999999);
        assertThat(backoff.after(60)).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), () -> 0.0).after(3))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void pausesAreLongerThanForARateLimit() {
        assertThat(delay(policy.decide(call(70050, 1)))).isEqualTo(Duration.ofSeconds(60));
        assertThat(delay(policy.decide(call(31707, 1))))
                .isGreaterThan(delay(policy.decide(call(60007, 1))).multipliedBy(10));
        AttemptFailure third = new AttemptFailure(REFUSED, Api.FRIEND_DELETE, 3, 3, 1, 31707, "", false);
        assertThat(kind(policy.decide(third)))
                .as("everybody rests all the same")
                .isEqualTo("Pause THIS_API");
        assertThat(again(policy.decide(third))).isFalse();
        AttemptFailure first = new AttemptFailure(REFUSED, Api.FRIEND_DELETE, 4, 1, 1, 31707, "", false);
        assertThat(again(policy.decide(first)))
                .as("other failures before it do not count")
                .isTrue();
    }

    @Test
    void oneAttemptMeansNeverAgain() {
        RetryPolicy once = RetryPolicy.builder().maxAttempts(1).build();
        for (int code : new int[] {30006, 30008, 60007, 31707, 70050}) {
            assertThat(again(once.decide(call(code, 5)))).isFalse();
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
