/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Friendship;
import io.github.unfriend.lists.BadLineException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The body of a request as a stream; the forms of lists are tested where they are read. */
class FriendshipLinesTest {

    private static final Friendship ALICE_BOB = new Friendship("alice", "bob");

    @Test
    void readsNoFurtherThanItIsAsked() {
        List<Integer> read = new ArrayList<>();
        Flux<DataBuffer> body = Flux.range(0, 1000)
                .doOnNext(read::add)
                .map(i -> DefaultDataBufferFactory.sharedInstance.wrap(
                        ("a,b" + i + "\n").getBytes(StandardCharsets.UTF_8)));

        StepVerifier.create(FriendshipLines.decode(body), 3)
                .expectNextCount(3)
                .then(() -> assertThat(read).hasSizeLessThan(9))
                .thenCancel()
                .verify();
    }

    @Test
    void givesWhatCameBeforeABadLine() {
        Flux<DataBuffer> body = Flux.just("alice,bob\nx\n")
                .map(text -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));

        StepVerifier.create(FriendshipLines.decode(body)).expectNext(ALICE_BOB).verifyError(BadLineException.class);
    }
}
