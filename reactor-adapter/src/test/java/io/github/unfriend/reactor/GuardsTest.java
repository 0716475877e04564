/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.sandbox.Sandbox;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** Each guard of the suite is seen to bite. */
class GuardsTest {

    @Tag("promise-4")
    @Test
    void blockHoundCatchesASleepWhereResultsAreSignalled() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob");
            FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
            StepVerifier.create(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))
                            .doOnNext(item -> sleep()))
                    .verifyErrorMatches(error ->
                            Objects.requireNonNullElse(error.getCause(), error) instanceof BlockingOperationError);
            gateway.dispose();
            assertThat(Guards.FOUND).hasSize(1).allMatch(found -> found.startsWith("an operator failed"));
            Guards.FOUND.clear();
        }
    }

    @Tag("promise-4")
    @Test
    void blockHoundCatchesASleepOnTheEventLoop() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob");
            Throwable[] caught = new Throwable[1];
            FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                    .httpClient(client -> client.doOnRequest((request, connection) -> {
                        try {
                            sleep();
                        } catch (BlockingOperationError error) {
                            caught[0] = error;
                        }
                    }))
                    .build();
            Sandboxes.await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
            gateway.dispose();
            assertThat(caught[0]).isInstanceOf(BlockingOperationError.class);
        }
    }

    @Test
    void theLeakDetectorCatchesALostBuffer() throws InterruptedException {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        loseABuffer();
        for (int i = 0; i < 100 && Guards.FOUND.isEmpty(); i++) {
            Guards.lookForLeaks();
            Mono.delay(Duration.ofMillis(10)).block();
        }
        assertThat(Guards.FOUND).isNotEmpty().allMatch(found -> found.startsWith("leaked"));
        Guards.FOUND.clear();
    }

    @Test
    void droppedSignalsAreSeen() {
        Operators.onErrorDropped(new IllegalStateException("late"), Context.empty());
        Operators.onNextDropped("late", Context.empty());
        assertThat(Guards.FOUND).hasSize(2);
        Guards.FOUND.clear();
    }

    private static void loseABuffer() {
        ByteBuf lost = PooledByteBufAllocator.DEFAULT.buffer(8);
        assertThat(lost.refCnt()).isEqualTo(1);
    }

    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
