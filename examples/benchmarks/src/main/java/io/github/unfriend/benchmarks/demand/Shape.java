/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.ResultItem;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What stands between the gateway and an unbounded subscriber, and so how results are requested. */
enum Shape {
    DIRECT("direct", "direct, unbounded", results -> results),
    PUBLISH_ON(
            "publish-on", "`publishOn(boundedElastic())`", results -> results.publishOn(Schedulers.boundedElastic())),
    FLAT_MAP_256("flat-map-256", "`flatMap`, concurrency 256 (default)", results -> results.flatMap(Mono::just)),
    FLAT_MAP_1024("flat-map-1024", "`flatMap`, concurrency 1,024", results -> results.flatMap(Mono::just, 1024)),
    LIMIT_RATE_32("limit-rate-32", "`limitRate(32)`", results -> results.limitRate(32)),
    /** Does not keep up: the calls have to be held back. */
    CONCAT_MAP(
            "concat-map", "`concatMap`, saves each result in 1 ms (slow)", results -> results.concatMap(Shape::save)),
    /** A response of the {@linkplain io.github.unfriend.benchmarks.demand.web application}, read at full speed. */
    WEBFLUX("webflux", "WebFlux NDJSON over a socket", null),
    /** The same response without a gateway: what writing JSON allows. */
    READY("ready", "WebFlux NDJSON, ready results, no gateway (results/s / 1,000)", null);

    private static final Duration SAVING = Duration.ofMillis(1);

    private final String id;
    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // methods without state
    private final @Nullable UnaryOperator<Flux<ResultItem>> operators;

    Shape(String id, String label, @Nullable UnaryOperator<Flux<ResultItem>> operators) {
        this.id = id;
        this.label = label;
        this.operators = operators;
    }

    String label() {
        return label;
    }

    boolean isWeb() {
        return operators == null;
    }

    /** Where the application answers. */
    String path() {
        return this == READY ? "/ready" : "/deletions";
    }

    Flux<ResultItem> appliedTo(Flux<ResultItem> results) {
        return operators == null ? results : operators.apply(results);
    }

    private static Mono<ResultItem> save(ResultItem result) {
        return Mono.delay(SAVING).thenReturn(result);
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return id;
    }
}
