/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExceptionsTest {

    @Test
    void aRefusalTellsCodeMeaningAdviceTextAndRequestId() {
        FatalRefusalException refusal = new FatalRefusalException(
                Api.FRIEND_DELETE, ErrorCode.of(30003), "Err_Sns_Invalid_Account", "Id-77-O-Seq-1", 0);
        assertThat(refusal)
                .hasMessageContainingAll(
                        "friend_delete",
                        "30003",
                        "does not exist",
                        "Import",
                        "Err_Sns_Invalid_Account",
                        "Id-77-O-Seq-1")
                .hasMessageNotContaining("friend_delete_all");
        assertThat(refusal.api()).isEqualTo(Api.FRIEND_DELETE);
        assertThat(refusal.errorCode()).isSameAs(ErrorCode.of(30003));
        assertThat(refusal.errorInfo()).isEqualTo("Err_Sns_Invalid_Account");
        assertThat(refusal.requestId()).isEqualTo("Id-77-O-Seq-1");
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    @Test
    void aRefusalWithoutTextSaysNothingOfOne() {
        assertThat(new FatalRefusalException(Api.FRIEND_DELETE_ALL, ErrorCode.of(30006), "", null, 0))
                .hasMessageNotContaining("text")
                .hasMessageNotContaining("RequestId")
                .hasMessageContaining("friend_delete_all");
    }

    @Test
    void aFatalRefusalTellsHowMuchIsLeft() {
        FatalRefusalException refusal =
                new FatalRefusalException(Api.FRIEND_DELETE, ErrorCode.of(70009), "key of another app", null, 0);
        assertThat(refusal)
                .hasMessageContainingAll("70009", "does not verify", "secret key", "ends here")
                .hasMessageNotContaining("no result");
        FatalRefusalException counted = (FatalRefusalException) refusal.with(List.of(), 1);
        assertThat(counted).hasMessageContainingAll("70009", "1 account has no result");
        assertThat(counted.withoutResult()).isEqualTo(1);
        assertThat(counted.errorCode()).isSameAs(ErrorCode.of(70009));
        assertThat(counted.errorInfo()).isEqualTo("key of another app");
        assertThat(counted.api()).isEqualTo(Api.FRIEND_DELETE);
        assertThat(counted.requestId()).isNull();
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> refusal.with(List.of(), -1));
    }

    @Test
    void anUnknownCodeKeepsItsNumber() {
        FatalRefusalException refusal =
                new FatalRefusalException(Api.FRIEND_DELETE, ErrorCode.of(424242), "new", null, 0);
        assertThat(refusal.errorCode().number()).isEqualTo(424242);
        assertThat(refusal).hasMessageContainingAll("424242", "new");
    }

    @Tag("promise-6")
    @Test
    void aServiceThatEchoesTheSignatureDoesNotBringItIntoAMessage() {
        String userSig = Credentials.of(1_400_000_000, "admin", "key")
                .sign(Instant.EPOCH, Duration.ofDays(1))
                .value();
        String echo = "bad request: POST /v4/sns/friend_delete?usersig=" + userSig + "&random=1\r\nhost: x";
        FatalRefusalException refusal =
                new FatalRefusalException(Api.FRIEND_DELETE, ErrorCode.of(60002), echo, userSig, 0);
        FatalRefusalException fatal = (FatalRefusalException) refusal.with(List.of(), 3);
        assertThat(refusal.getMessage()
                        + refusal.errorInfo()
                        + refusal.requestId()
                        + fatal.getMessage()
                        + fatal.errorInfo())
                .contains("bad request")
                .doesNotContain(
                        userSig, userSig.substring(0, 40), userSig.substring(userSig.length() - 40), "\n", "\r");
    }

    @Test
    void theRestOfTheFamilyKeepsWhatItIsGiven() {
        IOException cause = new IOException("refused");
        assertThat(new NotSentException("no connection", cause))
                .hasMessage("no connection")
                .hasCause(cause);
        assertThat(new NoAnswerException("timed out", cause))
                .hasMessage("timed out")
                .hasCause(cause);
        assertThat(new NoAnswerException("HTTP 502")).hasMessage("HTTP 502").hasNoCause();
        assertThat(new OverloadedException(64).limit()).isEqualTo(64);
        assertThat(new OverloadedException(64)).hasMessageContaining("64");
        assertThat(new GatewayClosedException()).hasMessageContaining("closed");
    }

    @Test
    void whatEndsARequestEarlyKeepsResultsAndCount() {
        List<ResultItem> known = List.of(new ResultItem("alice", "bob", 0, ""));
        IllegalStateException cause = new IllegalStateException("theirs");
        List<UnfinishedException> family = List.of(
                new FatalRefusalException(Api.FRIEND_DELETE, ErrorCode.of(60020), "pay", "Id-1", 5),
                new AccountFailedException("alice", "carol", 30003, "unknown", 5),
                new DeadlineExceededException(Duration.ofSeconds(3), 5),
                new GatewayClosedException(),
                UnfinishedException.brokenOff(cause, List.of(), 5));
        for (UnfinishedException before : family) {
            before.addSuppressed(cause);
            UnfinishedException after = before.with(known, 2);
            assertThat(after).hasSameClassAs(before).hasMessageEndingWith(" 2 accounts have no result.");
            assertThat(after.results()).isEqualTo(known);
            assertThat(after.withoutResult()).isEqualTo(2);
            assertThat(after.getSuppressed()).containsExactly(cause);
            assertThat(after.getCause()).isEqualTo(before.getCause());
            assertThat(before.results()).isEmpty();
        }
        assertThat(family.get(4).with(known, 0)).hasCause(cause).hasMessageContaining("IllegalStateException");
        AccountFailedException failed = (AccountFailedException) family.get(1).with(known, 1);
        assertThat(failed.toAccount()).isEqualTo("carol");
        assertThat(failed.errorCode().number()).isEqualTo(30003);
        assertThat(new DeadlineExceededException(Duration.ofSeconds(3), 5).deadline())
                .hasSeconds(3);
    }

    @Test
    void surviveSerialisation() throws IOException, ClassNotFoundException {
        FatalRefusalException before =
                new FatalRefusalException(Api.FRIEND_DELETE, ErrorCode.of(60020), "pay", "Id-1", 5);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(before);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            FatalRefusalException after = (FatalRefusalException) in.readObject();
            assertThat(after).hasMessage(before.getMessage());
            assertThat(after.errorCode()).isEqualTo(ErrorCode.of(60020));
            assertThat(after.withoutResult()).isEqualTo(5);
            assertThat(after.results()).isEmpty();
        }
    }
}
