/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

@Timeout(60)
class ResultWriterTest {

    private static ResultItem item(int number) {
        return new ResultItem("me", "friend-" + number, number % 2 == 0 ? 0 : 30003, "");
    }

    private static ResultWriter<ResultItem> writer(OutputStream out, Tally tally) {
        return new ResultWriter<>(out, ResultLine::of, tally);
    }

    @Test
    void writesEveryLineInLargePieces() throws Exception {
        AtomicLong writes = new AtomicLong();
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                writes.incrementAndGet();
                super.write(bytes, offset, length);
            }
        };
        Tally tally = new Tally();
        ResultWriter<ResultItem> writer = writer(out, tally);
        Flux.range(0, 200_000).map(ResultWriterTest::item).subscribe(writer);
        writer.done().get();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(200_000);
        assertThat(writes.get()).isLessThan(20_000);
        assertThat(tally.answered()).isEqualTo(200_000);
        assertThat(tally.of(Outcome.DELETED)).isEqualTo(100_000);
        assertThat(tally.codes()).containsEntry(30003, 100_000L).hasSize(2);
    }

    @Test
    void noLineIsHeldBackWhileMoreMayCome() throws Exception {
        Semaphore written = new Semaphore(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                written.release();
            }
        };
        Sinks.Many<ResultItem> results = Sinks.many().unicast().onBackpressureBuffer();
        ResultWriter<ResultItem> writer = writer(out, new Tally());
        results.asFlux().subscribe(writer);
        results.tryEmitNext(item(1)).orThrow();
        assertThat(written.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("}\n");
        results.tryEmitComplete().orThrow();
        writer.done().get();
    }

    @Tag("promise-3")
    @Test
    void aSlowOutputSlowsTheResultsDown() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicLong asked = new AtomicLong();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    slow.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        ResultWriter<ResultItem> writer = writer(out, new Tally());
        Flux.range(0, 1_000_000)
                .doOnRequest(asked::addAndGet)
                .map(ResultWriterTest::item)
                .subscribe(writer);
        // Everything below the writer's thread ran on this one: what was asked for by now is what may be on its way.
        assertThat(asked.get()).isLessThanOrEqualTo(2048);
        slow.countDown();
        writer.done().get();
    }

    @Test
    void aBrokenOutputStopsTheResults() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        CountDownLatch cancelled = new CountDownLatch(1);
        ResultWriter<ResultItem> writer = writer(broken, new Tally());
        Flux.interval(Duration.ofMillis(1))
                .map(tick -> item(tick.intValue()))
                .doOnCancel(cancelled::countDown)
                .onBackpressureDrop()
                .subscribe(writer);
        assertThatThrownBy(() -> writer.done().get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(OutputException.class)
                .hasMessageContaining("Broken pipe");
        assertThat(cancelled.getCount()).isZero();
    }

    @Test
    void onlyLinesThatWereWrittenAreCounted() {
        ByteArrayOutputStream disk = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (disk.size() > 100_000) {
                    throw new IOException("No space left on device");
                }
                disk.write(bytes, offset, length);
            }
        };
        Tally tally = new Tally();
        ResultWriter<ResultItem> writer = writer(full, tally);
        Flux.range(0, 100_000).map(ResultWriterTest::item).subscribe(writer);
        assertThatThrownBy(() -> writer.done().get(30, TimeUnit.SECONDS)).hasMessageContaining("No space left");
        assertThat(tally.results())
                .isPositive()
                .isEqualTo(disk.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void whatTheServiceDidNotSayIsNoAnswer() throws Exception {
        Tally tally = new Tally();
        ResultWriter<ResultItem> writer = writer(OutputStream.nullOutputStream(), tally);
        Flux.just(item(1), new ResultItem("a", "b", LocalCode.NOT_SENT, ""), new ResultItem("a", "c", 30003, ""))
                .subscribe(writer);
        writer.done().get(30, TimeUnit.SECONDS);
        assertThat(tally.results()).isEqualTo(3);
        assertThat(tally.answered()).isEqualTo(2);
    }

    @Tag("promise-7")
    @Test
    void aFaultOfTheWriterItselfEndsTheResultsToo() {
        ResultWriter<ResultItem> writer = new ResultWriter<>(
                OutputStream.nullOutputStream(),
                item -> {
                    throw new IllegalStateException("no line for " + item.toAccount());
                },
                new Tally());
        Flux.<ResultItem>never().startWith(item(1)).subscribe(writer);
        assertThatThrownBy(() -> writer.done().get(30, TimeUnit.SECONDS)).hasMessageContaining("no line for friend-1");
    }

    @Test
    void theErrorComesAfterTheLinesBeforeIt() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultWriter<ResultItem> writer = writer(out, new Tally());
        Flux.range(0, 500)
                .map(ResultWriterTest::item)
                .concatWith(Flux.error(new IllegalStateException("end")))
                .subscribe(writer);
        assertThatThrownBy(() -> writer.done().get(30, TimeUnit.SECONDS)).hasMessageContaining("end");
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(500);
    }
}
