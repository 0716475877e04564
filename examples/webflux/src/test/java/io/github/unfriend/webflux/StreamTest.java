/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.unfriend.LocalCode;
import io.github.unfriend.reactor.spring.SteadyAnswers;
import io.github.unfriend.sandbox.FriendLists;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** {@code POST /deletions}: lines in, results out, at the same time. */
class StreamTest {

    private static final App APP = App.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FriendLists friends = APP.sandbox().friends();

    private static List<String> await(Flux<String> lines) {
        return Objects.requireNonNull(lines.collectList().block(PATIENCE));
    }

    private static String aThousandLines(int owner) {
        return IntStream.range(0, 1000)
                .mapToObj(friend -> "nobody-" + owner + ",x" + friend)
                .collect(Collectors.joining("\n"));
    }

    /** What it is for happens too seldom to be waited for: once in dozens of streams, and then for ever. */
    @Test
    void steadyAnswersAreDeclared() {
        assertThat(APP.has(SteadyAnswers.class)).isTrue();
    }

    @Tag("promise-1")
    @Test
    void answersEveryLine() {
        friends.befriend("alice", "bob").befriend("alice", "carol").addAccount("dave");

        List<String> lines =
                await(APP.delete("", Flux.just("alice,bob", "", " alice , carol ", "alice,dave", "alice,nobody")));

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
                .verify(PATIENCE);
    }

    @Test
    void deletesBothWays() {
        friends.befriendBoth("gina", "bob");

        assertThat(await(APP.delete("?type=both", Flux.just("{\"from\":\"gina\",\"to\":\"bob\"}"))))
                .singleElement(STRING)
                .contains("\"outcome\":\"deleted\"");

        assertThat(friends.areFriends("bob", "gina")).isFalse();
        App.eventually(() -> Objects.equals(APP.latest().get("confirmed"), 1));
    }

    @Test
    void whatTheListSaidBeforeABadLineIsAnswered() {
        friends.befriend("hank", "bob");

        List<String> lines = await(APP.delete("", Flux.just("hank,bob", "hank")));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("\"outcome\":\"deleted\"");
        assertThat(lines.get(1))
                .startsWith("{\"problem\":{\"type\":\"urn:unfriend:problem:bad-line\"")
                .contains("\"status\":400", "Line 2 has one field only");
        assertThat(APP.latest()).containsEntry("state", "FAILED");
    }

    @Test
    void aTextThatHoldsHalfACharacterIsStillALineOfJson() {
        assertThat(await(APP.delete("", Flux.just("{\"from\":\"\\ud83d\",\"to\":\"爱丽丝\"}"))))
                .singleElement(STRING)
                .startsWith("{\"from\":\"\\uD83D\",\"to\":\"\\u7231")
                .contains("\"outcome\":\"failed\",\"code\":" + LocalCode.INVALID_USER_ID);
    }

    /** The client's connection is gone; nobody reads results any more. */
    @Tag("promise-3")
    @Test
    void closingTheConnectionEndsTheCalls() {
        AtomicLong given = new AtomicLong();
        Flux<String> endless = Flux.range(0, Integer.MAX_VALUE)
                .map(StreamTest::aThousandLines)
                .doOnNext(lines -> given.incrementAndGet());

        assertThat(APP.delete("", endless).take(1500).blockLast(PATIENCE)).isNotNull();

        App.eventually(() -> Objects.equals(APP.latest().get("state"), "CANCELLED"));
        App.standsStill(() -> APP.sandbox().score().calls());
        App.standsStill(given::get);
    }

    /** Nothing goes on while the reader does not read: no calls, and no more of the list is taken in. */
    @Tag("promise-3")
    @Test
    void aReaderThatDoesNotReadHoldsTheCallsBack() {
        int thousands = 300;
        // one call for each thousand: those of a From_Account that does not exist are halved
        IntStream.range(0, thousands).forEach(owner -> APP.sandbox().friends().addAccount("nobody-" + owner));
        long before = APP.sandbox().score().calls();
        Flux<String> list = Flux.range(0, thousands).map(StreamTest::aThousandLines);
        AtomicLong read = new AtomicLong();
        BaseSubscriber<String> reader = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(String line) {
                read.incrementAndGet();
            }
        };
        APP.delete("", list).subscribe(reader);
        App.eventually(() -> read.get() == 1);

        App.standsStill(() -> APP.sandbox().score().calls());
        assertThat(APP.sandbox().score().calls() - before).isLessThan(thousands);
        assertThat(APP.latest()).containsEntry("state", "RUNNING");

        reader.requestUnbounded();
        App.eventually(() -> read.get() == 1000L * thousands);
        App.eventually(() -> Objects.equals(APP.latest().get("state"), "DONE"));
    }

    @Test
    void cancellingTellsTheReader() {
        Sinks.Many<String> list = Sinks.many().unicast().onBackpressureBuffer();
        friends.befriend("ivan", "bob");

        StepVerifier.create(APP.delete("", list.asFlux()))
                .then(() -> list.tryEmitNext("ivan,bob").orThrow())
                .expectNextCount(1)
                .then(() ->
                        APP.act(HttpMethod.DELETE, "/deletions/" + APP.latest().get("id")))
                .assertNext(line -> assertThat(line).contains("\"problem\"", "was cancelled"))
                .expectComplete()
                .verify(PATIENCE);
    }
}
