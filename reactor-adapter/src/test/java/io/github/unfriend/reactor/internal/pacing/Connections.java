/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import java.util.function.LongSupplier;

/** Callers that each make one call after the other, as over a connection each: no answer, no further call. */
final class Connections {

    private final World world;
    private final ModelServer server;
    private final Pacer pacer;
    private final LongSupplier work;
    private final RuleRate rule;

    private Connections(World world, ModelServer server, Pacer pacer, LongSupplier work, RuleRate rule) {
        this.rule = rule;
        this.world = world;
        this.server = server;
        this.pacer = pacer;
        this.work = work;
    }

    /**
     * From now on, through the pacer under test.
     *
     * @param work how long the service works on a call that arrives now
     */
    static ModelServer call(World world, int limit, int connections, LongSupplier work) {
        return call(world, limit, connections, work, new RuleRate());
    }

    static ModelServer call(World world, int limit, int connections, LongSupplier work, RuleRate rule) {
        ModelServer server = new ModelServer(world);
        Connections all = new Connections(world, server, Scenario.ours(world, limit), work, rule);
        for (int i = 0; i < connections; i++) {
            all.ask();
        }
        return server;
    }

    private void ask() {
        pacer.acquire(Callers.API).subscribe(this::write);
    }

    private void write(Permit permit) {
        long written = world.now();
        world.atService(MILLI, () -> {
            server.arrive();
            world.onClient(work.getAsLong(), () -> {
                rule.exchanged(written, world.now());
                permit.answered();
                world.onClient(MILLI / 10, this::ask);
            });
        });
        permit.written();
    }
}
