/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;

import io.github.unfriend.DeleteType;
import io.github.unfriend.sandbox.Sandbox;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** A connection pool lives as long as its gateway: it must not keep the request that made it, and all behind that. */
@Tag("promise-3")
class FirstSubscriberTest {

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, Long.MAX_VALUE})
    void isForgottenWhenItIsCancelled(long demand) throws InterruptedException {
        WeakReference<Object> subscriber = subscribeAndCancel(demand);

        eventually(() -> {
            System.gc();
            return subscriber.refersTo(null);
        });
    }

    private WeakReference<Object> subscribeAndCancel(long demand) throws InterruptedException {
        FirstElement subscriber = new FirstElement(demand);
        gateway.deleteAll(DeleteType.SINGLE, Flux.just("a", "b", "c"), name -> name)
                .subscribe(subscriber);
        subscriber.arrived.await();
        subscriber.cancel();
        return new WeakReference<>(subscriber);
    }

    private static final class FirstElement extends BaseSubscriber<Object> {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final long demand;

        FirstElement(long demand) {
            this.demand = demand;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(demand);
        }

        @Override
        protected void hookOnNext(Object value) {
            arrived.countDown();
        }
    }
}
