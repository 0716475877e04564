/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** An answer belongs to the call that it follows, whatever else a peer writes (W1, W2, W15). */
@Tag("promise-1")
class FramingTest {

    private static final String DONE_ALL = RawPeer.http("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}");

    private static FriendGateway gatewayTo(RawPeer peer) {
        return FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .endpoint(peer.uri())
                .maxConcurrentCalls(1)
                .pacer(StubPacer.after(Duration.ofMillis(20)))
                .callTimeout(Duration.ofSeconds(2))
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .maxAttempts(3)
                        .build())
                .build();
    }

    private static List<ResultItem> delete(FriendGateway gateway, String owner, int accounts) {
        return await(gateway.delete(
                owner, DeleteType.SINGLE, Flux.range(0, accounts).map(number -> owner + "-friend-" + number)));
    }

    /** Accounts of "good" are deleted, those of "bad" are refused. */
    private static String truth(String request) {
        return RawPeer.answerTo(request, request.contains("\"From_Account\":\"bad\"") ? 30003 : 0);
    }

    private static void eachOwnerGetsItsOwnAnswers(RawPeer.Conversation conversation) {
        try (RawPeer peer = new RawPeer(conversation)) {
            FriendGateway gateway = gatewayTo(peer);
            for (int round = 0; round < 4; round++) {
                assertThat(delete(gateway, "good", 3)).hasSize(3).allMatch(item -> item.outcome() == Outcome.DELETED);
                assertThat(delete(gateway, "bad", 3)).hasSize(3).allMatch(item -> item.resultCode() == 30003);
            }
            gateway.dispose();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
            })
    void interimAnswersAreSkipped(String interim) {
        eachOwnerGetsItsOwnAnswers(line -> {
            for (String request = line.read(); request != null; request = line.read()) {
                line.write(interim);
                Thread.sleep(30);
                line.write(truth(request));
            }
        });
    }

    @Test
    void interimAnswersInTheSameSegmentAreSkipped() {
        eachOwnerGetsItsOwnAnswers(line -> {
            for (String request = line.read(); request != null; request = line.read()) {
                line.write("HTTP/1.1 103 Early Hints\r\n\r\n" + truth(request));
            }
        });
    }

    @Test
    void anAnswerThatNobodyAskedForIsNobodys() {
        eachOwnerGetsItsOwnAnswers(line -> {
            for (String request = line.read(); request != null; request = line.read()) {
                line.write(truth(request) + truth(request));
            }
        });
    }

    @Test
    void anAnswerThatComesLaterThanTheOneAskedForIsNobodys() {
        eachOwnerGetsItsOwnAnswers(line -> {
            for (String request = line.read(); request != null; request = line.read()) {
                line.write(truth(request));
                Thread.sleep(5); // the next call may have this connection by now
                line.write(truth(request));
            }
        });
    }

    @Test
    void bytesBehindAnAnswerAreNobodys() {
        eachOwnerGetsItsOwnAnswers(line -> {
            for (String request = line.read(); request != null; request = line.read()) {
                line.write(truth(request) + "HTTP/1.1 200");
            }
        });
    }

    @Test
    void whatComesBeforeAnythingWasAskedIsNotBelieved() {
        try (RawPeer peer = new RawPeer(line -> {
            line.write(DONE_ALL);
            Thread.sleep(200);
        })) {
            StubPacer pacer = StubPacer.after(Duration.ofMillis(100));
            FriendGateway gateway = FriendGateway.builder()
                    .credentials(Sandboxes.CREDENTIALS)
                    .endpoint(peer.uri())
                    .pacer(pacer)
                    .callDeadline(Duration.ofSeconds(2))
                    .retry(RetryPolicy.builder().maxAttempts(1).build())
                    .build();
            assertThat(await(gateway.deleteAll(new FriendDeleteAllRequest("alice", DeleteType.SINGLE)))
                            .errorCode())
                    .isEqualTo(LocalCode.NOT_SENT);
            assertThat(peer.requests).isEmpty();
            eventually(() -> pacer.written.get() == 0);
            gateway.dispose();
        }
    }

    @Test
    void anEarlyAnswerOnAConnectionWhoseCallHasNotLeftIsNotItsAnswer() {
        eachOwnerGetsItsOwnAnswers(line -> {
            if (line.number() == 1) {
                line.write(RawPeer.answerTo("\"To_Account\":[\"good-friend-0\",\"bad-friend-0\"]", 31704));
                line.swallow();
                return;
            }
            for (String request = line.read(); request != null; request = line.read()) {
                line.write(truth(request));
            }
        });
    }

    /** It may have been said before the request came; then the answer to that still follows. */
    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503})
    void afterAnAnswerOfSomebodyInFrontTheConnectionIsNotUsedAgain(int status) {
        AtomicBoolean closed = new AtomicBoolean();
        try (RawPeer peer = new RawPeer(line -> {
            String request = line.read();
            if (line.number() == 1) {
                line.write("HTTP/1.1 " + status + " Busy\r\nContent-Length: 0\r\n\r\n");
                closed.set(line.read() == null);
            } else if (request != null) {
                line.write(truth(request));
                line.read();
            }
        })) {
            FriendGateway gateway = gatewayTo(peer);
            assertThat(delete(gateway, "good", 3)).allMatch(item -> item.outcome() == Outcome.DELETED);
            eventually(closed::get);
            gateway.dispose();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 60_000})
    void headsOfUpTo64KilobytesAreRead(int length) {
        eachOwnerGetsItsOwnAnswers(line -> {
            for (String request = line.read(); request != null; request = line.read()) {
                line.write(truth(request).replaceFirst("\r\n", "\r\nX-Trace: " + "x".repeat(length) + "\r\n"));
            }
        });
    }
}
