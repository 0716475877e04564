/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import java.util.List;
import java.util.function.LongConsumer;
import reactor.core.publisher.Flux;

/** The gateway as a user would use it: one stream for each API. Its pacer is the one it has by default, and recorded. */
final class Ours {

    private Ours() {}

    static void start(Load load, Iterable<Api> apis, CallLog log, LongConsumer failed) {
        Pacer pacer = Pacer.builder().callsPerSecond(Load.CALLS_PER_SECOND).build();
        FriendGateway gateway = FriendGateway.builder()
                .credentials(load.credentials())
                .endpoint(load.endpoint())
                .pacer(new RecordingPacer(pacer, log))
                .callTimeout(load.callTimeout())
                .maxConcurrentCalls(load.concurrency())
                .httpClient(load::customize)
                .build();
        for (Api api : apis) {
            outcomes(gateway, api, load)
                    .filter(outcome -> outcome == Outcome.FAILED || outcome == Outcome.UNKNOWN)
                    .subscribe(outcome -> failed.accept(1), error -> {
                        System.err.println("The gateway's stream ended: " + error);
                        failed.accept(Load.CALLS);
                    });
        }
    }

    private static Flux<Outcome> outcomes(FriendGateway gateway, Api api, Load load) {
        if (api == Api.FRIEND_DELETE_ALL) {
            Flux<String> owners = Flux.range(0, Load.CALLS).map(Load::owner);
            return gateway.deleteAll(DeleteType.SINGLE, owners).map(result -> result.outcome());
        }
        List<String> friends = load.friends();
        Flux<Friendship> friendships = Flux.range(0, Load.CALLS)
                .map(Load::owner)
                .concatMapIterable(owner -> friends.stream()
                        .map(friend -> new Friendship(owner, friend))
                        .toList());
        return gateway.delete(DeleteType.SINGLE, friendships).map(result -> result.outcome());
    }
}
