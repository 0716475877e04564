/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.FriendLists;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** {@code POST /deletions}: lines in, results out, at the same time. */
class StreamTest {

    private static final App APP = App.start();
    private final FriendLists friends = APP.sandbox().friends();

    @AfterAll
    static void stop() {
        APP.close();
    }

    @Test
    void answersEveryLine() {
        friends.befriend("alice", "bob").befriend("alice", "carol").addAccount("dave");

        List<String> lines = APP.delete("", Flux.just("alice,bob", "", " alice , carol ", "alice,dave", "alice,nobody"))
                .collectList()
                .block(Duration.ofSeconds(30));

        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "{\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}",
                        "{\"from\":\"alice\",\"to\":\"carol\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}",
                        "{\"from\":\"alice\",\"to\":\"dave\",\"outcome\":\"not_friends\",\"code\":31704,"
                                + "\"info\":\"Err_SNS_FriendDelete_Not_Friend\"}",
                        "{\"from\":\"alice\",\"to\":\"nobody\",\"outcome\":\"failed\",\"code\":30003,"
                                + "\"info\":\"Err_Sns_Invalid_Account\"}");
    }

    @Test
    void resultsComeWhileTheListIsStillBeingSent() {
        friends.befriend("erin", "bob").befriend("erin", "carol");
        Sinks.Many<String> list = Sinks.many().unicast().onBackpressureBuffer();

        StepVerifier.create(APP.delete("", list.asFlux()))
                .then(() -> list.tryEmitNext("erin,bob").orThrow())
                .assertNext(line -> assertThat(line).contains("\"to\":\"bob\""))
                .then(() -> list.tryEmitNext("erin,carol").orThrow())
                .assertNext(line -> assertThat(line).contains("\"to\":\"carol\""))
                .then(() -> list.tryEmitComplete().orThrow())
                .expectComplete()
                .verify(Duration.ofSeconds(60));
    }
}
