/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import io.github.unfriend.ResultItem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the webhook reports counts for the deletion that asked for it, once. */
class ConfirmationsTest {

    private static final int GONE = 0;
    private static final int NOT_FRIENDS = 31704;
    private static final int NO_ANSWER = LocalCode.NO_ANSWER;

    private final Confirmations confirmations = new Confirmations(true);

    private static Friendship pair(int friend) {
        return new Friendship("owner", "friend-" + friend);
    }

    private static ResultItem result(int friend, int code) {
        return new ResultItem("owner", "friend-" + friend, code, "");
    }

    /** Anybody can make names of one hash; they took 85 s of one core. */
    @Test
    @Timeout(10)
    void namesOfOneHashAreQuick() {
        for (int i = 0; i < 1 << 16; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            confirmations.asked(new Friendship("owner", name.toString()));
        }
        assertThat(confirmations.isMissingSome()).isTrue();
    }

    @Test
    void countsWhatIsUnderWayOrDeletedAndNothingElse() {
        for (int friend = 1; friend <= 5; friend++) {
            confirmations.asked(pair(friend));
        }
        confirmations.answered(result(2, GONE));
        confirmations.answered(result(3, NOT_FRIENDS));
        confirmations.answered(result(4, 30003));
        confirmations.answered(result(5, NO_ANSWER));

        confirmations.reported(List.of(pair(1), pair(2), pair(3), pair(4), pair(5), pair(6)));

        assertThat(confirmations.confirmed()).as("1, 2 and 5").isEqualTo(3);
        assertThat(confirmations.isMissingSome()).isFalse();
    }

    @Test
    void countsAReportThatComesAgainOnce() {
        confirmations.asked(pair(1));
        confirmations.reported(List.of(pair(1), pair(1)));
        confirmations.answered(result(1, GONE));
        confirmations.reported(List.of(pair(1)));
        assertThat(confirmations.confirmed()).isEqualTo(1);
    }

    @Test
    void whatIsListedTwiceIsDeletedOnceAndStillWaitsForItsReport() {
        confirmations.asked(pair(1));
        confirmations.answered(result(1, GONE));
        confirmations.asked(pair(1));
        confirmations.answered(result(1, NOT_FRIENDS));
        assertThat(confirmations.isMissingSome()).isTrue();
        confirmations.reported(List.of(pair(1)));
        assertThat(confirmations.confirmed()).isEqualTo(1);
    }

    /** The second was sent on its own, found nothing, and was answered before the first. */
    @Test
    void whatIsListedTwiceIsConfirmedOnceInWhateverOrderTheResultsCome() {
        confirmations.asked(pair(1));
        confirmations.asked(pair(1));
        confirmations.answered(result(1, NOT_FRIENDS));
        assertThat(confirmations.isMissingSome()).isTrue();
        confirmations.answered(result(1, GONE));
        confirmations.reported(List.of(pair(1)));
        assertThat(confirmations.confirmed()).isEqualTo(1);
        assertThat(confirmations.isMissingSome()).isFalse();
    }

    @Test
    void nothingIsWaitedForWhenNoneOfTheDuplicatesWasAFriend() {
        confirmations.asked(pair(1));
        confirmations.asked(pair(1));
        confirmations.answered(result(1, NOT_FRIENDS));
        confirmations.answered(result(1, NOT_FRIENDS));
        assertThat(confirmations.isMissingSome()).isFalse();
    }

    @Test
    void remembersTheLastOfThoseWhoseReportNeverCame() {
        int most = 2 * Confirmations.GENERATION;
        for (int friend = 0; friend <= most; friend++) {
            confirmations.asked(pair(friend));
        }
        confirmations.reported(List.of(pair(0)));
        assertThat(confirmations.confirmed()).as("forgotten").isZero();
        confirmations.reported(List.of(pair(Confirmations.GENERATION), pair(most)));
        assertThat(confirmations.confirmed()).isEqualTo(2);
    }

    @Test
    void waitsForNothingWhereNobodyReportsOrAfterItIsClosed() {
        Confirmations none = new Confirmations(false);
        none.asked(pair(1));
        assertThat(none.isMissingSome()).isFalse();

        confirmations.asked(pair(1));
        confirmations.close();
        confirmations.reported(List.of(pair(1)));
        assertThat(confirmations.confirmed()).isZero();
    }
}
