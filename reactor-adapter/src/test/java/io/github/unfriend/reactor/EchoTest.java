/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.ResultItem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/**
 * A peer that says the URL it was called with, or parts of it, wherever a text may stand (W8). {@link SecretWatch} reads
 * the logs meanwhile.
 */
@Tag("promise-6")
class EchoTest {

    private static final Pattern SIGNATURE = Pattern.compile("usersig=([^&\\s]+)");

    private static FriendGateway gatewayTo(RawPeer peer) {
        return FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .endpoint(peer.uri())
                .callTimeout(Duration.ofSeconds(2))
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .maxAttempts(2)
                        .build())
                .build();
    }

    private static String url(String request) {
        return "http://host" + request.split(" ", 3)[1];
    }

    private static String signature(String request) {
        Matcher matcher = SIGNATURE.matcher(request);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static RawPeer answering(UnaryOperator<String> answer) {
        return new RawPeer(line -> {
            for (String request = line.read(); request != null; request = line.read()) {
                line.write(answer.apply(request).getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** What is left of a signature: 16 characters in a row of it are too many. */
    private static void holdsNothingOf(RawPeer peer, String text) {
        for (String request : peer.requests) {
            String signature = signature(request);
            for (int i = 0; i + 16 <= signature.length(); i++) {
                assertThat(text).doesNotContain(signature.substring(i, i + 16));
            }
        }
        assertThat(text).doesNotContain("usersig=");
    }

    private static String item(String info) {
        return RawPeer.http("{\"ResultItem\":[{\"To_Account\":\"bob\",\"ResultCode\":30003,\"ResultInfo\":\"" + info
                + "\"}],\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "called as %s just now", "'%s'", "%s%s", "(%s)"})
    void theTextOfAnItem(String format) {
        try (RawPeer peer = answering(request -> item(format.replace("%s", url(request))))) {
            FriendGateway gateway = gatewayTo(peer);
            List<ResultItem> items = await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
            assertThat(items).singleElement().satisfies(one -> {
                assertThat(one.resultCode()).isEqualTo(30003);
                assertThat(one.resultInfo()).contains("***");
                holdsNothingOf(peer, one.toString());
            });
            gateway.dispose();
        }
    }

    @Test
    void aPieceOfTheSignatureAndWordsThatAreNone() {
        try (RawPeer peer = answering(request ->
                item("Err_SNS_FriendDelete_Not_Friend " + signature(request).substring(40, 60) + " end"))) {
            FriendGateway gateway = gatewayTo(peer);
            List<ResultItem> items = await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
            assertThat(items)
                    .singleElement()
                    .satisfies(
                            one -> assertThat(one.resultInfo()).isEqualTo("Err_SNS_FriendDelete_Not_Friend *** end"));
            gateway.dispose();
        }
    }

    @Test
    void theTextOfACall() {
        try (RawPeer peer = answering(request -> RawPeer.http("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":30009,"
                + "\"ErrorInfo\":\"" + url(request) + "\",\"RequestId\":\"" + signature(request) + "\"}"))) {
            FriendGateway gateway = gatewayTo(peer);
            assertThat(await(gateway.deleteAll(new FriendDeleteAllRequest("alice", DeleteType.SINGLE)))
                            .toString())
                    .satisfies(text -> holdsNothingOf(peer, text));
            gateway.dispose();
        }
    }

    @Test
    void theErrorOfAStream() {
        try (RawPeer peer = answering(request -> RawPeer.http("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":70009,"
                + "\"ErrorInfo\":\"" + url(request) + "\",\"RequestId\":\"" + signature(request) + "\"}"))) {
            FriendGateway gateway = gatewayTo(peer);
            StepVerifier.create(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")))
                    .verifyErrorSatisfies(error -> {
                        assertThat(error).isInstanceOf(FatalRefusalException.class);
                        holdsNothingOf(peer, everythingOf(error));
                    });
            gateway.dispose();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 %u\r\n\r\n",
                "%u HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/9.%u 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: %u\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n%u\u0001: x\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%u\r\n{}\r\n",
                "HTTP/1.1 302 Found\r\nLocation: %u\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n%s: 1\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 404 %u\r\nContent-Length: 0\r\n\r\n"
            })
    void aDamagedHead(String head) {
        try (RawPeer peer =
                answering(request -> head.replace("%u", url(request)).replace("%s", signature(request)))) {
            Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
            FriendGateway gateway = FriendGateway.builder()
                    .credentials(Sandboxes.CREDENTIALS)
                    .endpoint(peer.uri())
                    .callTimeout(Duration.ofSeconds(2))
                    .retry(failure -> new Decision.Stop())
                    .build();
            gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))
                    .doOnNext(item -> holdsNothingOf(peer, item.toString()))
                    .doOnError(seen::add)
                    .onErrorComplete()
                    .blockLast(Duration.ofSeconds(20));
            assertThat(seen).hasSize(1).allSatisfy(error -> holdsNothingOf(peer, everythingOf(error)));
            gateway.dispose();
        }
    }

    private static String everythingOf(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
