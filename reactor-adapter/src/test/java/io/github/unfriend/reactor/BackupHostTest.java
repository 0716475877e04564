/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.Region;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Two real listeners, one of which dies and returns. */
class BackupHostTest {

    private static FriendGateway gateway(Sandbox primary, Sandbox backup) {
        return FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .region(Region.of("test", primary.uri(), backup.uri()))
                .retry(RetryPolicy.builder().baseDelay(Duration.ofMillis(5)).build())
                .build();
    }

    private static long deleted(FriendGateway gateway, int from, int count) {
        return await(gateway.delete(
                        DeleteType.SINGLE,
                        Flux.range(from, count).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000")))
                .filter(item -> item.outcome() == Outcome.DELETED)
                .count());
    }

    @Test
    void callsGoToTheBackupWhileThePrimaryIsDeadAndBackWhenItReturns() {
        try (Sandbox backup = Sandbox.start()) {
            backup.friends().generate(2000, 1);
            Sandbox primary = Sandbox.start();
            primary.friends().generate(2000, 1);
            int port = primary.port();
            FriendGateway gateway = gateway(primary, backup);

            assertThat(deleted(gateway, 0, 20)).isEqualTo(20);
            assertThat(backup.score().calls()).isZero();

            primary.close();
            assertThat(deleted(gateway, 20, 20)).isEqualTo(20);
            assertThat(backup.score().deletions()).isEqualTo(20);

            try (Sandbox returned =
                    Sandbox.start(SandboxOptions.builder().port(port).build())) {
                returned.friends().generate(2000, 1);
                int next = 40;
                // One call in ten seconds is a probe; the first that gets through takes all calls back.
                while (returned.score().calls() == 0 && next < 300) {
                    assertThat(deleted(gateway, next++, 1)).isEqualTo(1);
                    Mono.delay(Duration.ofMillis(100)).block();
                }
                long before = backup.score().calls();
                assertThat(deleted(gateway, 400, 20)).isEqualTo(20);
                assertThat(backup.score().calls()).isEqualTo(before);
                assertThat(returned.score().calls()).isGreaterThanOrEqualTo(21);
            }
            gateway.dispose();
        }
    }

    @Test
    void errorsOfTheApiAndBrokenAnswersNeverMoveCallsToTheBackup() {
        try (Sandbox primary = Sandbox.start();
                Sandbox backup = Sandbox.start()) {
            primary.friends().generate(100, 1);
            primary.misbehave(FaultPlan.parse("code:30006=0.2,reset-before=0.1,bad-gateway=0.2,garbage=0.1", 3));
            FriendGateway gateway = gateway(primary, backup);
            deleted(gateway, 0, 100);
            assertThat(backup.score().connectionsOpened()).isZero();
            gateway.dispose();
        }
    }
}
