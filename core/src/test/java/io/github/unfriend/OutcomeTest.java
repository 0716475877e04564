/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("promise-5")
class OutcomeTest {

    @Test
    void readsTheCodes() {
        assertThat(Outcome.of(0, "0")).isEqualTo(Outcome.DELETED);
        assertThat(Outcome.of(31704, "")).isEqualTo(Outcome.NOT_FRIENDS);
        assertThat(Outcome.of(30003, "Err_Sns_Invalid_Account")).isEqualTo(Outcome.FAILED);
        assertThat(Outcome.of(424242, "whatever")).isEqualTo(Outcome.FAILED);
        assertThat(Outcome.of(LocalCode.NO_ANSWER, "")).isEqualTo(Outcome.UNKNOWN);
        assertThat(Outcome.of(LocalCode.LEFT_OUT, "")).isEqualTo(Outcome.UNKNOWN);
        assertThat(Outcome.of(LocalCode.NOT_SENT, "")).isEqualTo(Outcome.FAILED);
        assertThat(Outcome.of(LocalCode.INVALID_USER_ID, "")).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Err_SNS_FriendDelete_Not_Friend",
                "ERR_SNS_NOT_FRIEND",
                "the two are not friends",
                "B is not a friend of A",
                "Err_SNS_FriendDelete_Friend_Not_Exist",
                "friend does not exist",
                "friendship not exist"
            })
    void takesTheOther30001ForNoFriend(String info) {
        assertThat(Outcome.of(30001, info)).isEqualTo(Outcome.NOT_FRIENDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Err_SNS_FriendDelete_Param_Invalid",
                "Err_SNS_FriendAdd_Friend_Exist",
                "Err_SNS_FriendDelete_To_Account_Illegal",
                "To_Account does not exist"
            })
    void takesEveryOther30001ForAFailure(String info) {
        assertThat(Outcome.of(30001, info)).isEqualTo(Outcome.FAILED);
    }

    @Test
    void theTextDecidesFor30001Only() {
        assertThat(Outcome.of(30006, "Err_SNS_FriendDelete_Not_Friend")).isEqualTo(Outcome.FAILED);
        assertThat(Outcome.of(0, "Err_SNS_FriendDelete_Not_Friend")).isEqualTo(Outcome.DELETED);
    }

    @Test
    void tellsWhatIsSurelyGone() {
        assertThat(Outcome.values()).filteredOn(Outcome::isGone).containsExactly(Outcome.DELETED, Outcome.NOT_FRIENDS);
    }
}
