/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.FriendGateway;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Closes all gateways that are beans gracefully when the context closes. Their turn comes when the web server has stopped
 * accepting and its requests have had their time, since those may still open streams; and before the server closes its
 * connections, since the last results go through them. A context that only stops (to be started again, or paused between
 * tests) keeps its gateways: a closed one cannot be opened again.
 */
final class GatewayLifecycle implements SmartLifecycle {

    /** Between the graceful shutdown of Boot's web servers (1024 below the default phase) and their end (2048 below). */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1536;

    private static final Logger LOG = Loggers.getLogger(GatewayLifecycle.class);

    private final Duration patience;
    private final ConfigurableApplicationContext context;
    private volatile boolean running;

    GatewayLifecycle(Duration patience, ConfigurableApplicationContext context) {
        this.patience = patience;
        this.context = context;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable stopped) {
        running = false;
        if (!context.isClosed()) {
            stopped.run();
            return;
        }
        Flux.fromStream(gateways())
                .flatMapDelayError(gateway -> gateway.disposeLater(patience), Integer.MAX_VALUE, 1)
                .doFinally(end -> stopped.run())
                .subscribe(nothing -> {}, error -> LOG.warn("A gateway did not close as it should", error));
    }

    /** Those that exist: none is made to be closed. */
    private Stream<FriendGateway> gateways() {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        return Stream.of(beans.getBeanNamesForType(FriendGateway.class, false, false))
                .map(beans::getSingleton)
                .filter(FriendGateway.class::isInstance)
                .map(FriendGateway.class::cast);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
