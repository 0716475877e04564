/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.FriendLists;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Lists that name a friendship several times: each line has its result, and each removal is confirmed once. */
@Tag("promise-1")
class DuplicatesTest {

    private static final App APP = App.shared();

    private final FriendLists friends = APP.sandbox().friends();

    @Test
    void eachLineOfTheListHasAResultAlsoADuplicate() {
        friends.befriend("twice", "bob");

        String id = APP.start("", "twice,bob\nnobody,x\ntwice,bob\ntwice,bob\nnobody,x\n");

        App.eventually(() -> APP.state(id).equals("DONE"));
        assertThat(APP.progress(id))
                .containsEntry("total", 5)
                .containsEntry("answered", 5)
                .containsEntry("outcomes", Map.of("deleted", 3, "notFriends", 0, "failed", 2, "unknown", 0));
        App.eventually(() -> Objects.equals(APP.progress(id).get("confirmed"), 1));
        assertThat(APP.progress(id)).as("no more reports are waited for").containsEntry("settled", true);
    }

    @Test
    void aLineThatComesTwiceIsAnsweredTwice() {
        friends.befriend("judy", "bob");

        List<String> lines = Objects.requireNonNull(
                APP.delete("", Flux.just("judy,bob", "judy,bob")).collectList().block(App.PATIENCE));

        assertThat(lines)
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"from\":\"judy\",\"to\":\"bob\","))
                .anyMatch(line -> line.contains("\"deleted\""));
        assertThat(APP.latest()).containsEntry("answered", 2);
    }
}
