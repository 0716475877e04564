/* SPDX-License-Identifier: Apache-2.0 */
package readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.reactor.redis.LocalRedis;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What README shows is what is compiled. */
public class ReadmeTest {

    @ParameterizedTest
    @CsvSource({
        "Embed,../README.md",
        "Acknowledge,../README.md",
        "Share,../README.md",
        "Several,README.md",
        "UnfriendTest,../examples/sandbox/README.md",
        "app/ApplicationTest,../examples/sandbox/README.md"
    })
    void theExampleIsTheOneThatIsCompiled(String name, String readme) throws IOException {
        String source = Files.readString(Path.of("src/test/java/readme/" + name + ".java"));
        String snippet = source.substring(source.indexOf("// [readme]") + 11, source.indexOf("// [/readme]"))
                .stripTrailing()
                .replaceFirst("^\\R", "")
                .stripIndent();
        assertThat(Files.readString(Path.of(readme))).contains(snippet);
    }

    /** A message that remembers what was said to it. */
    private record Said(String from, String to, Queue<String> log) implements Acknowledge.Message {

        private Mono<Void> say(String what) {
            return Mono.fromRunnable(() -> log.add(to + " " + what));
        }

        @Override
        public Mono<Void> acknowledge() {
            return say("acknowledged");
        }

        @Override
        public Mono<Void> reject(String why) {
            return say("rejected");
        }

        @Override
        public Mono<Void> release() {
            return say("released");
        }
    }

    @Test
    void eachMessageIsToldWhatBecameOfIt() {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob").addAccount("stranger");
            sandbox.misbehave(FaultPlan.script(call -> Fault.none().withItem("carol", 30003)));
            FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
            Acknowledge.consume(gateway, Flux.just("bob", "carol", "stranger").map(to -> new Said("alice", to, log)))
                    .blockLast(Duration.ofSeconds(30));
            gateway.dispose();
        }
        assertThat(log).containsExactlyInAnyOrder("bob acknowledged", "carol rejected", "stranger acknowledged");
    }

    @Test
    void aGatewayThatSharesItsQuotaDeletes() {
        try (Sandbox sandbox = Sandbox.start();
                LocalRedis redis = new LocalRedis()) {
            sandbox.friends().befriend("alice", "bob");
            FriendGateway gateway = Share.share(Sandboxes.gatewayTo(sandbox), redis.uri());
            gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")).blockLast(Duration.ofSeconds(30));
            gateway.dispose();
            assertThat(sandbox.friends().count("alice")).isZero();
        }
    }
}
