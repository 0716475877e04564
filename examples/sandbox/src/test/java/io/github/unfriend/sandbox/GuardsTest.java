/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** No buffer is lost and no event loop blocks, whatever the faults; and both guards bite. */
class GuardsTest {

    private static final String FAULTS = "reset-before=0.05,reset-after=0.05,bad-gateway=0.05,bad-gateway-after=0.02,"
            + "cut=0.05,truncated=0.03,garbage=0.05,html=0.05,code:30006=0.04,drip=0.03,stall=0.03,stall-after=0.02,"
            + "item:30006=0.02,omit=0.02,latency=0-5ms,close-after=20";

    @Tag("promise-4")
    @Test
    void noBufferIsLostUnderAllFaults() {
        Queue<String> leaks = new ConcurrentLinkedQueue<>();
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .callsPerSecond(0)
                .faultPlan(FaultPlan.parse(FAULTS, 5))
                .build())) {
            sandbox.friends().generate(40, 200);
            List<String> friends = IntStream.range(0, 200)
                    .mapToObj(i -> FriendLists.name("friend-", i))
                    .toList();
            ConnectionProvider connections = ConnectionProvider.create("guards", 16);
            HttpClient client =
                    HttpClient.create(connections).disableRetry(true).responseTimeout(Duration.ofSeconds(2));
            Long answers = Flux.range(0, 1200)
                    .flatMap(
                            call -> client.post()
                                    .uri(uri(sandbox))
                                    .send(ByteBufMono.fromString(Mono.just(Caller.delete(
                                            "Delete_Type_Both", FriendLists.name("owner-", call % 40), friends))))
                                    .responseContent()
                                    .aggregate()
                                    .asString()
                                    .onErrorResume(IOException.class, lost -> Mono.empty())
                                    .onErrorResume(
                                            io.netty.handler.timeout.TimeoutException.class, lost -> Mono.empty()),
                            16)
                    .count()
                    .block(Duration.ofMinutes(2));
            assertThat(answers).isBetween(600L, 1150L);
            assertThat(sandbox.score().faults()).hasSizeGreaterThanOrEqualTo(12);
            assertThat(sandbox.score().violations()).isEmpty();
            connections.dispose();
            report();
            assertThat(leaks).isEmpty();
        } finally {
            ByteBufUtil.setLeakListener(null);
        }
    }

    @Test
    void theLeakGuardBites() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        Queue<String> leaks = new ConcurrentLinkedQueue<>();
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type));
        try {
            lose();
            Eventually.holds(() -> {
                report();
                return !leaks.isEmpty();
            });
        } finally {
            ByteBufUtil.setLeakListener(null);
        }
    }

    @Tag("promise-4")
    @Test
    void theBlockingGuardBites() throws IOException {
        Queue<Throwable> caught = new ConcurrentLinkedQueue<>();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                        .faultPlan(FaultPlan.script(call -> {
                            try {
                                Thread.sleep(1);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (BlockingOperationError e) {
                                caught.add(e);
                            }
                            return Fault.none();
                        }))
                        .build());
                Caller caller = new Caller(sandbox)) {
            assertThat(caller.call(Api.FRIEND_DELETE_ALL, "{}").code()).isEqualTo(30001);
        }
        assertThat(caught).hasSize(1);
    }

    private static void lose() {
        ByteBuf lost = PooledByteBufAllocator.DEFAULT.buffer(8);
        assertThat(lost.refCnt()).isEqualTo(1);
    }

    /** A leak is told when a new buffer is taken after the lost one was collected. */
    private static void report() {
        System.gc();
        for (int i = 0; i < 300; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(8).release();
        }
    }

    private static String uri(Sandbox sandbox) {
        StringBuilder uri = new StringBuilder(sandbox.uri() + Api.FRIEND_DELETE.path() + "?");
        Caller.query().forEach((name, value) -> uri.append(name + "=" + value + "&"));
        return uri.substring(0, uri.length() - 1);
    }
}
