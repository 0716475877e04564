/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Scenarios of every kind. */
final class Scenarios extends DomainContextBase {

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        limits(),
                        behaviours(),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(0, 4))
                .as(Scenario::new);
    }

    static Arbitrary<Integer> limits() {
        return Arbitraries.of(1, 2, 3, 5, 20, 50, 199, 200);
    }

    private static Arbitrary<Behaviour> behaviours() {
        Arbitrary<Double> shares = Arbitraries.of(0.0, 0.01, 0.1, 0.3);
        Arbitrary<Long> lags = Arbitraries.of(0L, MILLI / 10, 20 * MILLI, 400 * MILLI);
        Arbitrary<Behaviour> network = Combinators.combine(
                        Arbitraries.of(0L, MILLI, 40 * MILLI),
                        Arbitraries.of(0L, MILLI, 10 * MILLI),
                        Arbitraries.of(0L, MILLI, 20 * MILLI),
                        Arbitraries.of(0L, 10 * MILLI, 500 * MILLI, 1500 * MILLI),
                        Arbitraries.of(0L, SECOND, 3 * SECOND),
                        lags,
                        lags)
                .as((travel, jitter, service, spread, coldFor, coldLag, lag) ->
                        new Behaviour(0, 0, 0, coldFor, coldLag, lag, travel, jitter, service, service + spread));
        return Combinators.combine(network, shares, shares, shares).as(Behaviour::fickle);
    }
}
