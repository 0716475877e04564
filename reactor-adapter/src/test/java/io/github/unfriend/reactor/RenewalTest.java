/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** 70001: a new UserSig for all waiting calls at once, whatever the clock says. */
@Tag("promise-5")
class RenewalTest {

    private static final int CALLS = 30;

    private final Sandbox sandbox = Sandbox.start();
    private final Set<String> signatures = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        assertThat(sandbox.score().violations()).isEmpty();
        sandbox.dispose();
    }

    /** Reads the UserSigs just before they are encoded. */
    private final class Spy extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (message instanceof HttpRequest request) {
                signatures.addAll(
                        new QueryStringDecoder(request.uri()).parameters().get("usersig"));
            }
            super.write(context, message, promise);
        }
    }

    private FriendGateway gateway(Clock clock) {
        return Sandboxes.gatewayTo(sandbox)
                .clock(clock)
                .httpClient(client -> client.doOnConnected(connection -> connection.addHandlerFirst(new Spy())))
                .build();
    }

    private Flux<Friendship> pairs() {
        sandbox.friends().generate(CALLS, 1);
        return Flux.range(0, CALLS).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"));
    }

    /** The calls that left together learn one after the other that their signature has expired. */
    private void expireTheFirst() {
        sandbox.misbehave(FaultPlan.script(call -> call.number() <= CALLS
                ? Fault.code(70001).withDelay(Duration.ofMillis(1_000 + 10 * call.number()))
                : Fault.none()));
    }

    private void allAreDeletedInTwoCallsEach(FriendGateway gateway) {
        assertThat(await(gateway.delete(DeleteType.SINGLE, pairs())))
                .hasSize(CALLS)
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().calls()).isEqualTo(2 * CALLS);
        gateway.dispose();
    }

    @Test
    void oneNewSignatureServesAllCallsThatFoundTheOldOneExpired() {
        expireTheFirst();
        allAreDeletedInTwoCallsEach(gateway(SettableClock.ticking(Instant.now().minusSeconds(3600))));
        assertThat(signatures).as("the expired one and its successor").hasSize(2);
    }

    @Test
    void aClockThatStandsStillMakesNoRenewalFatal() {
        expireTheFirst();
        allAreDeletedInTwoCallsEach(gateway(new SettableClock(Instant.now().minusSeconds(60))));
        assertThat(signatures).as("of one second").hasSize(1);
    }

    @Test
    void aClockThatWasSetBackMakesNoRenewalFatal() {
        expireTheFirst();
        SettableClock clock = new SettableClock(Instant.now().minusSeconds(60));
        FriendGateway gateway = gateway(clock);
        clock.set(Instant.now().minusSeconds(7200));
        allAreDeletedInTwoCallsEach(gateway);
        assertThat(signatures).hasSize(2);
    }

    @Test
    void aSignatureOfAKickedSessionIsRenewed() {
        sandbox.friends().generate(30, 1);
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(50), Duration.ofMillis(50)));
        SettableClock clock = new SettableClock(Instant.now().minusSeconds(60));
        FriendGateway kicked = Sandboxes.gatewayTo(sandbox).clock(clock).build();
        clock.set(Instant.now());
        sandbox.kick(Instant.now().minusSeconds(30)); // as if an administrator's sessions were ended
        Flux<Friendship> pairs =
                Flux.range(0, 30).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"));
        assertThat(await(kicked.delete(DeleteType.SINGLE, pairs)))
                .hasSize(30)
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        long refused = sandbox.score().answers().getOrDefault(70001, 0L);
        assertThat(refused).isPositive();
        assertThat(sandbox.score().calls()).isEqualTo(30 + refused);
        kicked.dispose();
    }

    @Test
    void aSecondExpiryOnTheNewSignatureIsFatal() {
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(70001)));
        FriendGateway gateway = gateway(Clock.systemUTC());
        StepVerifier.create(gateway.delete("owner-00000", DeleteType.SINGLE, Flux.just("friend-00000")))
                .verifyErrorSatisfies(error -> assertThat(
                                ((FatalRefusalException) error).errorCode().number())
                        .isEqualTo(70001));
        assertThat(sandbox.score().calls()).isEqualTo(2);
        gateway.dispose();
    }
}
