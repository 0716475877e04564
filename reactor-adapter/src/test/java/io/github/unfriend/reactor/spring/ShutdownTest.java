/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.unfriend.DeleteType;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.Sandbox;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** The gateway closes with its context: at the right moment, and not before its streams are through. */
class ShutdownTest {

    @Test
    void itsTurnIsBetweenTheRequestsAndTheConnectionsOfTheWebServer() {
        assertThat(GatewayLifecycle.PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
    }

    @Tag("promise-7")
    @Test
    void openStreamsFinishBeforeTheContextIsClosed() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
            Applications.against(sandbox).run(context -> {
                FriendGateway gateway = context.getBean(FriendGateway.class);
                Sinks.Many<String> accounts = Sinks.many().unicast().onBackpressureBuffer();
                Queue<ResultItem> results = new ConcurrentLinkedQueue<>();
                AtomicReference<String> end = new AtomicReference<>();
                gateway.delete("alice", DeleteType.SINGLE, accounts.asFlux())
                        .subscribe(results::add, error -> end.set(error.toString()), () -> end.set("complete"));
                accounts.emitNext("bob", Sinks.EmitFailureHandler.FAIL_FAST);

                Mono<Void> closing = Mono.fromRunnable(context::close);
                Disposable closer =
                        closing.subscribeOn(Schedulers.boundedElastic()).subscribe();
                Sandboxes.eventually(gateway::isDisposed);
                assertThatExceptionOfType(GatewayClosedException.class)
                        .isThrownBy(() -> gateway.delete("alice", DeleteType.SINGLE, Flux.just("dave"))
                                .blockLast());
                accounts.emitNext("carol", Sinks.EmitFailureHandler.FAIL_FAST);
                accounts.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
                Sandboxes.eventually(closer::isDisposed);

                assertThat(end).hasValue("complete");
                assertThat(results).extracting(ResultItem::outcome).containsExactly(Outcome.DELETED, Outcome.DELETED);
            });
        }
    }

    @Tag("promise-7")
    @Test
    void whatIsLeftAfterItsTimeEndsWithAnError() {
        try (Sandbox sandbox = Sandbox.start()) {
            Applications.against(sandbox)
                    .withPropertyValues("unfriend.shutdown-timeout=10ms")
                    .run(context -> {
                        AtomicReference<Throwable> error = new AtomicReference<>();
                        context.getBean(FriendGateway.class)
                                .delete("alice", DeleteType.SINGLE, Flux.never())
                                .subscribe(item -> {}, error::set);

                        context.close();

                        Sandboxes.eventually(() -> error.get() != null);
                        assertThat(error.get()).isInstanceOf(GatewayClosedException.class);
                    });
        }
    }

    @Test
    void aContextThatOnlyStopsKeepsItsGateway() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob");
            Applications.against(sandbox).run(context -> {
                FriendGateway gateway = context.getBean(FriendGateway.class);
                ConfigurableApplicationContext stoppable = context.getSourceApplicationContext();
                stoppable.stop();
                stoppable.start();

                assertThat(await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))))
                        .extracting(ResultItem::outcome)
                        .containsExactly(Outcome.DELETED);
            });
        }
    }
}
