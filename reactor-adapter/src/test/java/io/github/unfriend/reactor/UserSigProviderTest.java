/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.CREDENTIALS;
import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Friendship;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.UserSig;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** UserSigs from a vault: asked for once for all who wait, and again when they are no good any more. */
@Tag("promise-5")
class UserSigProviderTest {

    private final Sandbox sandbox = Sandbox.start();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        sandbox.dispose();
    }

    private static UserSig signed(Credentials credentials, Duration lifetime) {
        return credentials.sign(Instant.now(), lifetime);
    }

    private UserSigProvider provider(Supplier<Mono<UserSig>> vault) {
        return new UserSigProvider() {
            @Override
            public long sdkAppId() {
                return CREDENTIALS.sdkAppId();
            }

            @Override
            public String administrator() {
                return CREDENTIALS.administrator();
            }

            @Override
            public Mono<UserSig> userSig() {
                asked.incrementAndGet();
                return vault.get();
            }
        };
    }

    private FriendGatewayBuilder builder(Supplier<Mono<UserSig>> vault) {
        return FriendGateway.builder()
                .userSig(provider(vault))
                .endpoint(sandbox.uri())
                .callTimeout(Duration.ofMillis(500))
                .probeInterval(Duration.ofMillis(100))
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .maxAttempts(3)
                        .build());
    }

    private static Flux<ResultItem> deleteAll(FriendGateway gateway, Sandbox sandbox) {
        sandbox.friends().generate(50, 1);
        return gateway.delete(
                DeleteType.SINGLE,
                Flux.range(0, 50).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000")));
    }

    @Test
    void itIsAskedOnceForAllWhoWait() {
        FriendGateway gateway = builder(
                        () -> Mono.delay(Duration.ofMillis(100)).map(tick -> signed(CREDENTIALS, Duration.ofDays(1))))
                .build();
        assertThat(asked).as("not before there is a call").hasValue(0);
        assertThat(await(deleteAll(gateway, sandbox))).hasSize(50).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(asked).hasValue(1);
        gateway.dispose();
    }

    @Test
    void itIsAskedAheadOfTheEndAndNoCallWaitsForThat() {
        FriendGateway gateway = builder(() -> Mono.just(signed(CREDENTIALS, Duration.ofSeconds(10))))
                .build();
        assertThat(await(deleteAll(gateway, sandbox))).hasSize(50);
        assertThat(asked).hasValue(1);
        gateway.dispose();

        asked.set(0);
        Instant almostOver = Instant.now().minusSeconds(95);
        FriendGateway late = builder(() -> asked.get() == 1
                        ? Mono.just(CREDENTIALS.sign(almostOver, Duration.ofSeconds(100)))
                        : Mono.never())
                .build();
        assertThat(await(deleteAll(late, sandbox))).hasSize(50);
        assertThat(asked).as("and the one that never answers held nobody up").hasValueGreaterThan(1);
        late.dispose();
    }

    @Test
    void theServiceSaysThatItHasExpired() {
        sandbox.misbehave(FaultPlan.script(call -> call.number() == 1 ? Fault.code(70001) : Fault.none()));
        FriendGateway gateway = builder(() -> Mono.just(signed(CREDENTIALS, Duration.ofDays(1))))
                .build();
        sandbox.friends().befriend("alice", "bob");
        assertThat(await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))))
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(asked).hasValue(2);
        gateway.dispose();
    }

    @Test
    void aKeyThatIsRotatedIsTakenByTheProbe() {
        Credentials wrong = Credentials.of(CREDENTIALS.sdkAppId(), CREDENTIALS.administrator(), "the-old-key");
        AtomicInteger rotated = new AtomicInteger();
        FriendGateway gateway = builder(() ->
                        Mono.fromSupplier(() -> signed(rotated.get() == 0 ? wrong : CREDENTIALS, Duration.ofDays(1))))
                .build();
        sandbox.friends().befriend("alice", "bob");
        Flux<ResultItem> stream = gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"));
        StepVerifier.create(stream).verifyError(FatalRefusalException.class);
        rotated.set(1);
        assertThat(await(stream.retryWhen(Retry.fixedDelay(100, Duration.ofMillis(20)))))
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(gateway.refusal()).isNull();
        gateway.dispose();
    }

    @Test
    void aVaultThatFailsIsAskedAgainByTheNextAttempt() {
        FriendGateway gateway = builder(() -> asked.get() < 3
                        ? Mono.error(new IllegalStateException("sealed"))
                        : Mono.just(signed(CREDENTIALS, Duration.ofDays(1))))
                .build();
        sandbox.friends().befriend("alice", "bob");
        assertThat(await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))))
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(asked).hasValue(3);
        gateway.dispose();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fails", "is empty", "never answers", "throws", "is null"})
    void aVaultThatGivesNothingCostsAccountsThatWereNotSent(String how) {
        FriendGateway gateway = builder(() -> switch (how) {
                    case "fails" -> Mono.error(new IllegalStateException("sealed"));
                    case "is empty" -> Mono.empty();
                    case "never answers" -> Mono.never();
                    case "throws" -> throw new IllegalStateException("sealed");
                    default -> null;
                })
                .build();
        assertThat(await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.resultCode()).isEqualTo(LocalCode.NOT_SENT);
                    assertThat(item.resultInfo()).contains("UserSigProvider");
                });
        assertThat(sandbox.score().connectionsOpened()).isZero();
        Guards.FOUND.removeIf(found -> found.contains("sealed") || found.contains("supplier is null"));
        gateway.dispose();
    }

    @Test
    void aTextThatIsNoUserSigIsRefusedAndNotShown() {
        Instant now = Instant.now();
        assertThatThrownBy(() -> UserSig.of("eJw secret", now, now.plusSeconds(1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> UserSig.of("eJw", now, now)).isInstanceOf(InvalidRequestException.class);
        assertThat(UserSig.of("eJw", now, now.plusSeconds(1)).toString()).doesNotContain("eJw");
    }
}
