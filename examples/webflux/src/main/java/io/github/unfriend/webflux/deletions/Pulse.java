/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.webflux.calls.Metronome;
import java.time.Duration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One timer for all plots and all their readers. Twice a second it takes the samples, then signals all readers. */
@Component
final class Pulse {

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final Duration LAST_BEAT = Duration.ofSeconds(2);

    private final Sinks.Many<Long> beats = Sinks.many().multicast().directBestEffort();
    private final Disposable timer;

    Pulse(Deletions deletions) {
        timer = Metronome.every(HALF_A_SECOND, "Taking samples", () -> {
            try {
                deletions.tick();
            } finally {
                look();
            }
        });
    }

    /** Now, and then at every beat. A slow subscriber misses some. */
    Flux<Long> beats() {
        return beats.asFlux().onBackpressureLatest().startWith(-1L);
    }

    /** Something has changed that should be seen at once. A beat at the very same moment does as well. */
    void look() {
        beats.tryEmitNext(-1L);
    }

    /** Before the web server waits for its open requests to end: streams of events would never. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        timer.dispose();
        beats.emitComplete(Sinks.EmitFailureHandler.busyLooping(LAST_BEAT)); // a beat may be on its way
    }
}
