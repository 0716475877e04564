/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Decides nothing itself: passes everything on to another pacer, and logs the calls. */
final class RecordingPacer implements Pacer {

    private final Pacer pacer;
    private final CallLog log;

    RecordingPacer(Pacer pacer, CallLog log) {
        this.pacer = pacer;
        this.log = log;
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        return pacer.acquire(api)
                .<Permit>map(permit -> new RecordingPermit(permit, api, log))
                .doOnDiscard(Permit.class, Permit::giveBack);
    }

    @Override
    public void slowDown(Api api) {
        pacer.slowDown(api);
    }

    @Override
    public void pause(Api api, Duration duration) {
        pacer.pause(api, duration);
    }

    @Override
    public void hostLost(String host) {
        pacer.hostLost(host);
    }

    @Override
    public PacerState state(Api api) {
        return pacer.state(api);
    }

    @Override
    public void dispose() {
        pacer.dispose();
    }

    @Override
    public boolean isDisposed() {
        return pacer.isDisposed();
    }
}
