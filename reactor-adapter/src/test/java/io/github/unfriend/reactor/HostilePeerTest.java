/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Peers that answer without end or measure, or do not even read: bounded memory and time, and a result all the same. */
@Tag("promise-1")
@Tag("promise-7")
class HostilePeerTest {

    private static final int MEGABYTE = 1 << 20;

    private interface Peer {
        Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response);
    }

    private static List<ResultItem> ask(Peer peer) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) ->
                        request.receive().then().thenMany(Flux.defer(() -> peer.answer(request, response))))
                .bindNow();
        try {
            return ask(gateway("http://127.0.0.1:" + server.port()), 3);
        } finally {
            server.disposeNow();
        }
    }

    private static FriendGatewayBuilder gateway(String uri) {
        return FriendGateway.builder()
                .credentials(Credentials.of(1_400_000_000L, "administrator", "no-secret-at-all"))
                .endpoint(URI.create(uri))
                .callTimeout(Duration.ofSeconds(20))
                .retry(RetryPolicy.builder().maxAttempts(1).build());
    }

    private static List<ResultItem> ask(FriendGatewayBuilder builder, int accounts) {
        FriendGateway gateway = builder.build();
        try {
            List<ResultItem> items = await(gateway.delete(
                    "alice", DeleteType.SINGLE, Flux.range(0, accounts).map(i -> "a-friend-with-a-long-name-" + i)));
            eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).inFlight() == 0);
            return items;
        } finally {
            gateway.dispose();
        }
    }

    private static byte[] zeros(int megabytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[MEGABYTE];
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < megabytes; i++) {
                gzip.write(piece);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    @Test
    void aGzipBombIsNotUnpackedPastTheLimit() {
        byte[] bomb = zeros(400);
        assertThat(bomb).as("it is one").hasSizeLessThan(MEGABYTE);
        List<ResultItem> items = ask((request, response) ->
                response.header("Content-Encoding", "gzip").sendByteArray(Mono.just(bomb)));
        assertThat(items).hasSize(3).allMatch(item -> item.outcome() == Outcome.UNKNOWN);
        assertThat(items).allMatch(item -> item.resultInfo().contains("longer than 4194304 bytes"));
    }

    @Test
    void anEndlessAnswerIsCutOffAtTheLimit() {
        AtomicLong sent = new AtomicLong();
        AtomicBoolean cancelled = new AtomicBoolean();
        Flux<ByteBuf> endless = Flux.<ByteBuf>generate(sink -> {
                    sent.addAndGet(64 * 1024);
                    sink.next(Unpooled.wrappedBuffer(new byte[64 * 1024]));
                })
                .doOnCancel(() -> cancelled.set(true));
        List<ResultItem> items = ask((request, response) -> response.send(endless));
        assertThat(items).hasSize(3).allMatch(item -> item.resultCode() == LocalCode.NO_ANSWER);
        eventually(cancelled::get);
        assertThat(sent.get()).as("the limit, and what buffers hold").isLessThan(64L * MEGABYTE);
    }

    @Test
    void aPeerThatDoesNotReadIsGivenUpInTime() throws IOException {
        try (ServerSocket deaf = new ServerSocket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            FriendGatewayBuilder small = gateway("http://127.0.0.1:" + deaf.getLocalPort())
                    .callTimeout(Duration.ofMillis(300))
                    .httpClient(client -> client.option(ChannelOption.SO_SNDBUF, 4096));
            List<ResultItem> items = ask(small, 1000);
            assertThat(items).hasSize(1000).allMatch(item -> item.outcome() == Outcome.UNKNOWN);
        }
    }
}
