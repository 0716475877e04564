/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsAndResultsTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"123456789012345678901234567890123", "\uD83D"})
    void refuseABadFromAccount(String fromAccount) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new FriendDeleteRequest(fromAccount, DeleteType.SINGLE, List.of("a")))
                .withMessageContaining("From_Account");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new FriendDeleteAllRequest(fromAccount, DeleteType.SINGLE))
                .withMessageContaining("From_Account");
    }

    @Test
    void refuseAnEmptyList() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new FriendDeleteRequest("id", DeleteType.BOTH, List.of()))
                .withMessageContaining("at least one");
    }

    @Test
    void refuseANullInTheListAndSayWhere() {
        List<String> accounts = new ArrayList<>(List.of("a", "b"));
        Collections.addAll(accounts, (String) null);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new FriendDeleteRequest("id", DeleteType.BOTH, accounts))
                .withMessageContaining("To_Account[2]");
    }

    @Test
    void keepBadToAccountsAndDuplicatesForLater() {
        List<String> accounts = List.of("", "a", "a", "x".repeat(33));
        assertThat(new FriendDeleteRequest("id", DeleteType.SINGLE, accounts).toAccounts())
                .isEqualTo(accounts);
    }

    @Test
    void copyTheirLists() {
        List<String> accounts = new ArrayList<>(List.of("a"));
        FriendDeleteRequest request = new FriendDeleteRequest("id", DeleteType.SINGLE, accounts);
        List<ResultItem> items = new ArrayList<>(List.of(new ResultItem("id", "a", 0, "")));
        DeleteResult result = new DeleteResult("id", items);
        accounts.clear();
        items.clear();
        assertThat(request.toAccounts()).containsExactly("a");
        assertThat(result.items()).hasSize(1).isUnmodifiable();
    }

    @Test
    void aFriendshipTakesAnyText() {
        assertThat(new Friendship("", "\uD83D").fromAccount()).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway")
    void nothingTakesNull() {
        assertThatNullPointerException().isThrownBy(() -> new Friendship(null, "a"));
        assertThatNullPointerException().isThrownBy(() -> new Friendship("a", null));
        assertThatNullPointerException().isThrownBy(() -> new ResultItem("a", null, 0, ""));
        assertThatNullPointerException().isThrownBy(() -> new FriendDeleteAllRequest("a", null));
    }

    @Test
    void sortsItemsByOutcome() {
        ResultItem deleted = new ResultItem("id", "a", 0, "");
        ResultItem stranger = new ResultItem("id", "b", 31704, "Err_SNS_FriendDelete_Not_Friend");
        ResultItem failed = new ResultItem("id", "c", 30003, "Err_Sns_Invalid_Account");
        DeleteResult mixed = new DeleteResult("id", List.of(deleted, stranger, failed));
        assertThat(mixed.itemsWith(Outcome.DELETED)).containsExactly(deleted);
        assertThat(mixed.itemsWith(Outcome.NOT_FRIENDS)).containsExactly(stranger);
        assertThat(mixed.itemsWith(Outcome.FAILED)).containsExactly(failed);
        assertThat(mixed.itemsWith(Outcome.UNKNOWN)).isEmpty();
        assertThat(mixed.allGone()).isFalse();
        assertThat(new DeleteResult("id", List.of(deleted, stranger)).allGone()).isTrue();
        assertThat(failed.errorCode().category()).isEqualTo(ErrorCategory.NOT_FOUND);
    }

    @Test
    void readsTheOutcomeOfAWholeList() {
        assertThat(new DeleteAllResult("id", 0, "").outcome()).isEqualTo(Outcome.DELETED);
        assertThat(new DeleteAllResult("id", 30003, "Err_Sns_Invalid_Account").outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(new DeleteAllResult("id", LocalCode.NO_ANSWER, "").outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void pathsAreThoseOfTheDocuments() {
        assertThat(Api.FRIEND_DELETE.path()).isEqualTo("/v4/sns/friend_delete");
        assertThat(Api.FRIEND_DELETE_ALL.path()).isEqualTo("/v4/sns/friend_delete_all");
        assertThat(Api.FRIEND_DELETE.command()).isEqualTo("friend_delete");
        assertThat(Api.FRIEND_DELETE_ALL.command()).isEqualTo("friend_delete_all");
    }
}
