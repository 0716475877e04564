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
import org.junit.jupiter.api.Test;

class ExceptionsTest {

    @Test
    void aRefusalTellsCodeMeaningAdviceTextAndRequestId() {
        RefusedException refusal = new RefusedException(
                Api.FRIEND_DELETE, ErrorCode.of(30003), "Err_Sns_Invalid_Account", "Id-77-O-Seq-1");
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
        assertThat(new RefusedException(Api.FRIEND_DELETE_ALL, ErrorCode.of(30006), "", null))
                .hasMessageNotContaining("text")
                .hasMessageNotContaining("RequestId")
                .hasMessageContaining("friend_delete_all");
    }

    @Test
    void aFatalRefusalTellsHowMuchIsLeft() {
        RefusedException refusal =
                new RefusedException(Api.FRIEND_DELETE, ErrorCode.of(70009), "key of another app", null);
        FatalRefusalException fatal = new FatalRefusalException(refusal, 0);
        assertThat(fatal)
                .hasMessageContainingAll("70009", "does not verify", "secret key", "0 accounts were not attempted");
        FatalRefusalException counted = fatal.withNotAttempted(1);
        assertThat(counted).hasMessageContainingAll("70009", "1 account was not attempted");
        assertThat(counted.notAttempted()).isEqualTo(1);
        assertThat(counted.errorCode()).isSameAs(ErrorCode.of(70009));
        assertThat(counted.errorInfo()).isEqualTo("key of another app");
        assertThat(counted.api()).isEqualTo(Api.FRIEND_DELETE);
        assertThat(counted.requestId()).isNull();
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> fatal.withNotAttempted(-1));
    }

    @Test
    void anUnknownCodeKeepsItsNumber() {
        RefusedException refusal = new RefusedException(Api.FRIEND_DELETE, ErrorCode.of(424242), "new", null);
        assertThat(refusal.errorCode().number()).isEqualTo(424242);
        assertThat(refusal).hasMessageContainingAll("424242", "new");
    }

    @Test
    void aServiceThatEchoesTheSignatureDoesNotBringItIntoAMessage() {
        String userSig = Credentials.of(1_400_000_000, "admin", "key")
                .sign(Instant.EPOCH, Duration.ofDays(1))
                .value();
        String echo = "bad request: POST /v4/sns/friend_delete?usersig=" + userSig + "&random=1\r\nhost: x";
        RefusedException refusal = new RefusedException(Api.FRIEND_DELETE, ErrorCode.of(60002), echo, userSig);
        FatalRefusalException fatal = new FatalRefusalException(refusal, 3);
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
            assertThat(after.notAttempted()).isEqualTo(5);
        }
    }
}
