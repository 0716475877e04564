/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What the tests of single deletions share. */
abstract class SingleDeletions {

    final Sandbox sandbox = Sandbox.start();
    final FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();

    /** A gateway whose calls get their permits when a test says so. */
    final Sinks.Many<Permit> permits = Sinks.many().multicast().directAllOrNothing();

    final StubPacer pacer = new StubPacer(() -> permits.asFlux().next());
    final FriendGateway held = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();

    @AfterEach
    void close() {
        held.dispose();
        gateway.dispose();
        sandbox.dispose();
    }

    Mono<ResultItem> single(String from, String to) {
        return gateway.delete(DeleteType.SINGLE, new Friendship(from, to));
    }

    Mono<ResultItem> heldSingle(String from, String to) {
        return held.delete(DeleteType.SINGLE, new Friendship(from, to));
    }

    void grantAll() {
        eventually(() -> permits.tryEmitNext(pacer.permit()).isSuccess());
    }
}
