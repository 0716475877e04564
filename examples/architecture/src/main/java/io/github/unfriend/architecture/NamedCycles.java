/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.architecture;

import java.util.List;

/** The cycles between classes of one package that are allowed, each with its reason. */
final class NamedCycles {

    /**
     * One direction of a cycle that does not count.
     *
     * @param from the class that knows
     * @param to the class that it may know
     * @param because why
     */
    private record Allowed(String from, String to, String because) {}

    private static final String FACTORY = "an interface has the factory methods of its builder and its implementations";
    private static final String NODE = "a node knows the list it is in, so that it leaves at constant cost";

    private static final List<Allowed> ALL = List.of(
            new Allowed("ErrorCode", "ErrorCatalogue", "a code is looked up in the table of all codes"),
            new Allowed("reactor.FriendGateway", "reactor.FriendGatewayBuilder", FACTORY),
            new Allowed("reactor.Pacer", "reactor.PacerBuilder", FACTORY),
            new Allowed("reactor.Pacer", "reactor.UnpacedPacer", FACTORY),
            new Allowed("reactor.redis.RedisPacer", "reactor.redis.RedisPacerBuilder", FACTORY),
            new Allowed("reactor.RetryPolicy", "reactor.RetryPolicyBuilder", FACTORY),
            new Allowed("reactor.webhook.FriendDeleteWebhook", "reactor.webhook.FriendDeleteWebhookBuilder", FACTORY),
            new Allowed("reactor.internal.batch.Pending", "reactor.internal.batch.Batch", NODE),
            new Allowed(
                    "reactor.internal.batch.Batch", "reactor.internal.batch.Group", "a sealed class names its kinds"),
            new Allowed(
                    "reactor.internal.batch.Batch",
                    "reactor.internal.batch.Halving",
                    "a part knows what it is a part of, so that its answer counts for the others"),
            new Allowed("reactor.internal.batch.Owner", "reactor.internal.batch.Group", NODE),
            new Allowed("reactor.internal.pacing.QueuedPermit", "reactor.internal.pacing.Route", NODE),
            new Allowed(
                    "reactor.internal.pacing.QueuedPermit",
                    "reactor.internal.pacing.ApiPacer",
                    "a permit tells its pacer what became of it"));

    private NamedCycles() {}

    /**
     * Whether a dependency counts as none.
     *
     * @param from the name of a class, below the root package
     * @param to the name of another one
     * @return true if it is named here
     */
    static boolean allow(String from, String to) {
        return ALL.stream()
                .anyMatch(cycle -> cycle.from().equals(from) && cycle.to().equals(to));
    }
}
