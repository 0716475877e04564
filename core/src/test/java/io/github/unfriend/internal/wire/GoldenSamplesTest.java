/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The samples of both API documents, byte for byte, as the documents print them. */
class GoldenSamplesTest {

    @Test
    void writesTheOneWayRequestOfFriendDelete() throws IOException {
        assertThat(text(RequestWriter.friendDelete("id", DeleteType.SINGLE, List.of("id1", "id2", "id3"))))
                .isEqualTo(compact(sample("friend_delete-request-single")));
    }

    @Test
    void writesTheTwoWayRequestOfFriendDelete() throws IOException {
        assertThat(text(RequestWriter.friendDelete("id", DeleteType.BOTH, List.of("id1", "id2", "id3"))))
                .isEqualTo(compact(sample("friend_delete-request-both")));
    }

    @Test
    void writesTheTwoWayRequestOfFriendDeleteAll() throws IOException {
        assertThat(text(RequestWriter.friendDeleteAll("id", DeleteType.BOTH)))
                .isEqualTo(compact(sample("friend_delete_all-request-both")));
    }

    @Test
    void namesTheDefaultOfFriendDeleteAllInsteadOfLeavingItOut() throws IOException {
        String documented = compact(sample("friend_delete_all-request-single"));
        assertThat(text(RequestWriter.friendDeleteAll("id", DeleteType.SINGLE)))
                .isEqualTo(documented.replace("}", ",\"DeleteType\":\"Delete_Type_Single\"}"));
    }

    @Test
    void readsTheAnswerOfFriendDelete() throws IOException {
        FriendDeleteAnswer answer = AnswerReader.friendDelete(sample("friend_delete-response"));
        assertThat(answer)
                .isEqualTo(new FriendDeleteAnswer(
                        "OK",
                        0,
                        "0",
                        "",
                        null,
                        List.of(
                                new AnswerItem("id1", 0, ""),
                                new AnswerItem("id2", 0, ""),
                                new AnswerItem("id3", 0, ""))));
        assertThat(answer.ok()).isTrue();
        assertThat(Outcome.of(answer.errorCode(), answer.errorInfo())).isEqualTo(Outcome.DELETED);
    }

    @Test
    void readsTheAnswerOfFriendDeleteAll() throws IOException {
        FriendDeleteAllAnswer answer = AnswerReader.friendDeleteAll(sample("friend_delete_all-response"));
        assertThat(answer).isEqualTo(new FriendDeleteAllAnswer("OK", 0, "", "", null));
        assertThat(answer.ok()).isTrue();
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = GoldenSamplesTest.class.getResourceAsStream(name + ".json")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    // No string in the samples holds white space.
    private static String compact(byte[] sample) {
        return text(sample).replaceAll("\\s", "");
    }
}
