/* SPDX-License-Identifier: Apache-2.0 */
package readme;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The user's test of the sandbox's README; {@link ReadmeTest} keeps the two alike. */
// [readme]
class UnfriendTest {

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway = FriendGateway.builder()
            .credentials(
                    Credentials.of(SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, SandboxOptions.SECRET_KEY))
            .endpoint(sandbox.uri())
            .build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    @Test
    void oneIsDeletedAndOneIsRefused() {
        sandbox.friends().befriend("alice", "bob");
        sandbox.misbehave(FaultPlan.script(call -> Fault.none().withItem("carol", 30003)));

        StepVerifier.create(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob", "carol")))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .expectNextMatches(item -> item.outcome() == Outcome.FAILED)
                .verifyComplete();
    }
}
// [/readme]
