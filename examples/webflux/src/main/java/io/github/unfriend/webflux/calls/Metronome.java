/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.calls;

import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Runs an action at a fixed rate on a timer thread, one run at a time; a beat during a run is left out. A failed run
 * does not end it, as an error would end a {@code Flux.interval}. The first failure after a successful run is logged.
 */
public final class Metronome {

    private static final Log LOG = LogFactory.getLog(Metronome.class);

    private final String what;
    private final Runnable beat;
    private boolean failed;

    private Metronome(String what, Runnable beat) {
        this.what = what;
        this.beat = beat;
    }

    /**
     * Begins.
     *
     * @param period from beat to beat
     * @param what what a beat does, for the log
     * @param beat what is done; must not block
     * @return ends it
     */
    public static Disposable every(Duration period, String what, Runnable beat) {
        Metronome metronome = new Metronome(what, beat);
        return Flux.interval(period, Schedulers.parallel())
                .onBackpressureDrop()
                .subscribe(number -> metronome.beat(), error -> LOG.error(what + " has ended", error));
    }

    private void beat() {
        try {
            beat.run();
            failed = false;
        } catch (RuntimeException e) {
            if (!failed) {
                LOG.warn(what + " failed, and is tried again", e);
            }
            failed = true;
        }
    }
}
