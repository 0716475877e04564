/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.webflux.ExampleProperties;
import io.github.unfriend.webflux.calls.CallMeter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;

/** The deletions of an application without its web server, with a gateway whose answers the test gives. */
final class House implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int RUNNING = 2;
    private static final int KEPT = 5;

    final StubGateway gateway;
    final Spool spool = new Spool();
    final Deletions deletions;
    final Pulse pulse;
    final Background background;
    private final CallMeter calls;

    House(DataSize results, Function<Flux<Friendship>, Flux<ResultItem>> answers) {
        gateway = new StubGateway(answers);
        ExampleProperties properties = new ExampleProperties(
                new ExampleProperties.Limits(
                        RUNNING, KEPT, DataSize.ofMegabytes(1), results, PATIENCE, 0, PATIENCE, 8, 100, 32),
                new ExampleProperties.Webhook("/webhook", "token"),
                List.of());
        calls = new CallMeter(gateway);
        deletions = new Deletions(properties, calls, spool);
        pulse = new Pulse(deletions);
        background = new Background(gateway, deletions, spool, pulse, properties);
    }

    House(Function<Flux<Friendship>, Flux<ResultItem>> answers) {
        this(DataSize.ofGigabytes(1), answers);
    }

    static Flux<DataBuffer> list(int lines) {
        String text = IntStream.range(0, lines)
                .mapToObj(i -> "owner,friend-" + i + "\n")
                .collect(Collectors.joining());
        return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    Deletion open() {
        return deletions.open(DeleteType.SINGLE, false);
    }

    /** One that has been taken in and goes on by itself. */
    Deletion start(int lines) {
        Deletion deletion = open();
        background.start(deletion, list(lines)).block(PATIENCE);
        return deletion;
    }

    /** All lines of a download, which has to be complete. */
    List<String> results(Deletion deletion) {
        String text = background
                .results(deletion)
                .map(buffer -> buffer.toString(StandardCharsets.UTF_8))
                .collect(Collectors.joining())
                .block(PATIENCE);
        return Objects.requireNonNull(text).lines().toList();
    }

    @Override
    public void close() throws IOException {
        deletions.stop();
        pulse.stop();
        calls.destroy();
        deletions.all().forEach(each -> each.ended().block(PATIENCE));
        spool.destroy();
    }
}
