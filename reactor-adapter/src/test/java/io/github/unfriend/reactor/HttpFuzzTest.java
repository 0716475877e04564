/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/**
 * A peer that damages HTTP at random: cuts, extras, interim answers, damaged heads, odd framing. Two owners with the same
 * friends get opposite answers: none ever gets the other's, and every stream ends. A few seconds by default; {@code
 * -Dfuzz.seconds=600 -Dfuzz.seed=7} for more.
 */
@Tag("promise-1")
@Tag("promise-7")
class HttpFuzzTest {

    private static final int FRIENDS = 5;

    private final long seconds = Long.getLong("fuzz.seconds", 5);
    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final AtomicLong answers = new AtomicLong();

    private static String truth(String request) {
        return RawPeer.answerTo(request, request.contains("\"From_Account\":\"bad\"") ? 30003 : 0);
    }

    private static String lie(String request) {
        return RawPeer.answerTo(request, request.contains("\"From_Account\":\"bad\"") ? 0 : 30003);
    }

    private void serve(RawPeer.Line line) throws IOException, InterruptedException {
        Random random = new Random(seed * 31 + line.number());
        for (String request = line.read(); request != null; request = line.read()) {
            answers.incrementAndGet();
            byte[] answer = answer(random, request);
            int at = 0;
            while (at < answer.length) { // in pieces, some of them late
                int length = random.nextInt(4) > 0 ? answer.length - at : 1 + random.nextInt(answer.length - at);
                line.write(Arrays.copyOfRange(answer, at, at + length));
                at += length;
                Thread.sleep(random.nextInt(3));
            }
            if (random.nextInt(8) == 0) {
                return;
            }
        }
    }

    private static byte[] answer(Random random, String request) {
        String right = truth(request);
        String text = switch (random.nextInt(12)) {
            case 0 -> "HTTP/1.1 103 Early Hints\r\n\r\n" + right;
            case 1 -> right + lie(request); // in one piece or two: the lie is behind the answer
            case 2 -> right + "HTTP/1.1 200 OK\r\nContent-Le";
            case 3 -> right.substring(0, random.nextInt(right.length()));
            case 4 -> chunked(right);
            case 5 -> right.replaceFirst("Content-Length: [0-9]+", "Content-Length: " + random.nextInt(400));
            case 6 -> "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + right;
            case 7 -> right.replaceFirst("\r\n", "\r\nX-Long: " + "y".repeat(random.nextInt(90_000)) + "\r\n");
            case 8 -> right.replaceFirst("\r\n", "\r\nContent-Length: 3\r\n");
            default -> right;
        };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(6) == 0) { // in the head alone: what the body says is the truth or not JSON
            int head = Math.max(1, text.indexOf("\r\n\r\n"));
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(Math.min(head, bytes.length))] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    private static String chunked(String answer) {
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n"
                + body + "\r\n0\r\n\r\n";
    }

    @Test
    void noAccountGetsTheAnswerOfAnotherAndEveryStreamEnds() {
        RetryPolicy standard = RetryPolicy.builder()
                .baseDelay(Duration.ofMillis(1))
                .maxDelay(Duration.ofMillis(5))
                .maxAttempts(4)
                .build();
        try (RawPeer peer = new RawPeer(this::serve)) {
            FriendGateway gateway = FriendGateway.builder()
                    .credentials(Sandboxes.CREDENTIALS)
                    .endpoint(peer.uri())
                    // long enough for a lie behind an answer to be in the socket before the next call leaves
                    .pacer(StubPacer.after(Duration.ofMillis(20)))
                    .maxConcurrentCalls(2)
                    .callTimeout(Duration.ofMillis(300))
                    .retry(failure -> {
                        Decision decision = standard.decide(failure);
                        return decision instanceof Decision.Stop ? new Decision.GiveUp() : decision;
                    })
                    .build();
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            int streams = 0;
            while (System.nanoTime() - end < 0) {
                List<ResultItem> items = Sandboxes.await(gateway.delete(
                        DeleteType.SINGLE,
                        Flux.range(0, 2 * FRIENDS)
                                .map(i -> new Friendship(i % 2 == 0 ? "good" : "bad", "friend-" + i / 2))));
                assertThat(items).as("seed %d, stream %d", seed, streams).hasSize(2 * FRIENDS);
                for (ResultItem item : items) {
                    boolean mixed = item.fromAccount().equals("good")
                            ? item.resultCode() == 30003
                            : item.outcome() == Outcome.DELETED;
                    assertThat(mixed)
                            .as("seed %d, stream %d: %s", seed, streams, item)
                            .isFalse();
                }
                streams++;
            }
            gateway.dispose();
            assertThat(answers.get()).isGreaterThan(20);
            System.out.println("HTTP fuzz: " + streams + " streams, " + answers + " answers, " + peer.connections
                    + " connections, seed " + seed);
        }
    }
}
