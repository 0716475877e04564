/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.calls;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.PacerState;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;

/**
 * How many friend_delete calls left in the last sliding second. The service limits sliding seconds, so a plot of fixed
 * seconds would not show the limit. Reads the count of the pacer fifty times a second. It leaves out calls of the first
 * fiftieth, because it must not count calls of the second before.
 */
@Component
public final class CallMeter implements DisposableBean {

    private static final long SECOND = 1_000_000_000L;
    private static final Duration FIFTIETH = Duration.ofMillis(20);

    private final FriendGateway gateway;
    private final ConcurrentLinkedDeque<Reading> readings = new ConcurrentLinkedDeque<>();
    private final Disposable timer;

    /**
     * Begins to read.
     *
     * @param gateway whose calls
     */
    public CallMeter(FriendGateway gateway) {
        this.gateway = gateway;
        this.timer = Metronome.every(FIFTIETH, "Reading the pacer's count", this::read);
    }

    private void read() {
        long now = System.nanoTime();
        readings.addLast(new Reading(now, state().calls()));
        while (now - readings.getFirst().nanos > SECOND) {
            readings.removeFirst();
        }
    }

    /**
     * What the pacer is doing.
     *
     * @return its state for friend_delete
     */
    public PacerState state() {
        return gateway.pacer().state(Api.FRIEND_DELETE);
    }

    /**
     * What keeps the service from answering.
     *
     * @return the host and the reason, null if nothing does
     */
    public @Nullable String problem() {
        return gateway.problem();
    }

    /**
     * How many calls have left in the second before this moment.
     *
     * @return their number, repeated ones included
     */
    public int lastSecond() {
        long calls = state().calls();
        long now = System.nanoTime();
        for (Reading reading : readings) {
            if (now - reading.nanos <= SECOND) {
                return (int) (calls - reading.calls);
            }
        }
        return 0;
    }

    @Override
    public void destroy() {
        timer.dispose();
    }

    private record Reading(long nanos, long calls) {}
}
