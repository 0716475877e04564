/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One-way, two-way and generated friend lists. */
class FriendListsTest {

    private final FriendLists lists = new FriendLists();

    @Test
    void oneWayIsNotTwoWay() {
        lists.befriend("a", "b").befriend("a", "b");
        assertThat(lists.areFriends("a", "b")).isTrue();
        assertThat(lists.areFriends("b", "a")).isFalse();
        assertThat(lists.total()).isEqualTo(1);
        lists.befriendBoth("a", "b");
        assertThat(lists.areFriends("b", "a")).isTrue();
        assertThat(lists.total()).isEqualTo(2);
        assertThat(lists.accounts()).isEqualTo(2);
    }

    @Test
    void accountsWithoutFriendsExist() {
        lists.addAccount("a");
        assertThat(lists.exists("a")).isTrue();
        assertThat(lists.exists("b")).isFalse();
        assertThat(lists.count("a")).isZero();
        assertThat(lists.count("b")).isZero();
        assertThat(lists.friendsOf("a")).isEmpty();
        assertThat(lists.friendsOf("b")).isEmpty();
        assertThat(lists.areFriends("b", "a")).isFalse();
    }

    @Test
    void aFriendshipIsRemovedOnce() {
        lists.befriend("a", "b");
        assertThat(lists.remove("b", "a")).isFalse();
        assertThat(lists.remove("a", "b")).isTrue();
        assertThat(lists.remove("a", "b")).isFalse();
        assertThat(lists.total()).isZero();
        assertThat(lists.exists("b")).isTrue();
    }

    @Test
    void removingAllTellsEachRemoval() {
        lists.befriendBoth("a", "b").befriend("a", "c").befriend("d", "a");
        List<String> removed = new ArrayList<>();
        lists.removeAll("a", true, (from, to) -> removed.add(from + to));
        lists.removeAll("nobody", true, (from, to) -> removed.add(from + to));
        assertThat(removed).containsExactlyInAnyOrder("ab", "ba", "ac");
        assertThat(lists.areFriends("d", "a")).isTrue();
        assertThat(lists.total()).isEqualTo(1);
    }

    @Test
    void twoMillionAreGeneratedByName() {
        lists.generate(2000, 1000);
        assertThat(lists.total()).isEqualTo(2_000_000);
        assertThat(lists.accounts()).isEqualTo(3000);
        assertThat(lists.count("owner-01999")).isEqualTo(1000);
        assertThat(lists.areFriends("owner-00000", "friend-00999")).isTrue();
        assertThat(lists.areFriends("friend-00999", "owner-00000")).isFalse();
    }

    @Test
    void generatedBothWays() {
        lists.generate("o", 3, "f", 4, true);
        assertThat(lists.total()).isEqualTo(24);
        assertThat(lists.friendsOf("f00003")).containsExactlyInAnyOrder("o00000", "o00001", "o00002");
    }

    @Test
    void namesHaveAtLeastFiveDigits() {
        assertThat(FriendLists.name("x", 7)).isEqualTo("x00007");
        assertThat(FriendLists.name("x", 12345)).isEqualTo("x12345");
        assertThat(FriendLists.name("x", 1234567)).isEqualTo("x1234567");
    }
}
