/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/** A service that does not answer is named while it lasts, in the log and to whoever asks. */
@Tag("promise-5")
class UnansweredTest {

    private static final Friendship ALICE_AND_BOB = new Friendship("alice", "bob");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.unfriend.reactor.transport");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    private List<String> logged(Level level) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static FriendGatewayBuilder patient(Sandbox sandbox) {
        return Sandboxes.gatewayTo(sandbox)
                .retry(RetryPolicy.builder().maxAttempts(100).build());
    }

    @Test
    void aDeadHostIsNamedOnceUntilItAnswersAgain() {
        Sandbox before = Sandbox.start();
        SandboxOptions samePort = SandboxOptions.builder().port(before.port()).build();
        FriendGateway gateway = patient(before).build();
        String host = "127.0.0.1:" + before.port();
        before.close();
        assertThat(gateway.problem()).isNull();
        Disposable waiting = gateway.delete(DeleteType.SINGLE, ALICE_AND_BOB).subscribe();
        Sandboxes.eventually(() -> gateway.problem() != null);
        assertThat(gateway.problem()).startsWith("No answer from " + host).contains("Connection refused");
        try (Sandbox again = Sandbox.start(samePort)) {
            again.friends().befriend("alice", "bob");
            Sandboxes.eventually(() -> gateway.problem() == null);
        }
        waiting.dispose();
        gateway.dispose();
        assertThat(logged(Level.WARN)).singleElement().asString().contains(host, "Connection refused");
        assertThat(logged(Level.INFO)).containsExactly(host + " answers again.");
    }

    @Test
    void aServiceThatIsSilentOrHiddenBehindErrorsOfAProxyIsNamedToo() {
        for (FaultKind kind : new FaultKind[] {FaultKind.STALL, FaultKind.BAD_GATEWAY, FaultKind.CUT}) {
            try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                    .faultPlan(FaultPlan.script(call -> Fault.of(kind)))
                    .build())) {
                FriendGateway gateway =
                        patient(sandbox).callTimeout(Duration.ofMillis(200)).build();
                Disposable waiting =
                        gateway.delete(DeleteType.SINGLE, ALICE_AND_BOB).subscribe();
                Sandboxes.eventually(() -> gateway.problem() != null);
                assertThat(gateway.problem())
                        .startsWith("No answer from 127.0.0.1:" + sandbox.port())
                        .doesNotContain("usersig");
                waiting.dispose();
                gateway.dispose();
            }
        }
    }

    @Test
    void singleFailuresAndRefusalsAreNoProblem() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .faultPlan(FaultPlan.script(
                        call -> call.number() % 3 == 0 ? Fault.none() : Fault.of(FaultKind.RESET_BEFORE)))
                .build())) {
            sandbox.friends().befriend("alice", "bob");
            FriendGateway gateway = patient(sandbox).build();
            for (int i = 0; i < 5; i++) {
                assertThat(await(gateway.delete(DeleteType.SINGLE, ALICE_AND_BOB))
                                .outcome())
                        .isIn(Outcome.DELETED, Outcome.NOT_FRIENDS);
                assertThat(gateway.problem()).isNull();
            }
            gateway.dispose();
        }
        assertThat(logged(Level.WARN)).isEmpty();
    }
}
