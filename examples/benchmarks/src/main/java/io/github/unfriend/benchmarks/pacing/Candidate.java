/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Ours, and what one would pick instead. Each is told "200 a second". */
enum Candidate {
    OURS("Unfriend", null),
    DELAY_ELEMENTS("delayElements(5 ms)", Others::delayElements),
    RESILIENCE4J_200("Resilience4j, 200 per 1 s", Others::resilience4jPerSecond),
    RESILIENCE4J_1("Resilience4j, 1 per 5 ms", Others::resilience4jOneByOne),
    BUCKET4J_200("Bucket4j, capacity 200, greedy", Others::bucket4jGreedy),
    BUCKET4J_1("Bucket4j, capacity 1", Others::bucket4jOneByOne),
    GUAVA("Guava RateLimiter", Others::guava),
    WINDOW("window(200) zipped with an interval", Others::window),
    RING_BEFORE("ring of 200 grants, before HttpClient", Others::ringBeforeClient),
    RING_AT("ring of 200 grants, at the connection", Others::ringAtConnection);

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // methods without state
    private final @Nullable Function<PlainCalls, Flux<Integer>> pacing;

    Candidate(String label, @Nullable Function<PlainCalls, Flux<Integer>> pacing) {
        this.label = label;
        this.pacing = pacing;
    }

    String label() {
        return label;
    }

    /** As it is written on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Candidate of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /**
     * Begins to work and goes on until the process ends.
     *
     * @param log where our pacer's calls are recorded; others leave it empty
     * @param failed told the number of calls or accounts that failed
     */
    void start(Load load, Iterable<Api> apis, CallLog log, LongConsumer failed) {
        if (pacing == null) {
            Ours.start(load, apis, log, failed);
            return;
        }
        for (Api api : apis) {
            pacing.apply(new PlainCalls(load, api, failed)).subscribe(code -> {}, error -> {
                System.err.println(this + " ended: " + error);
                failed.accept(Load.CALLS);
            });
        }
    }
}
