/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The friend lists of a sandbox: one list for each account, so that a friendship may stand in one list only or in both.
 * Safe to use from any thread while calls are being served; it never blocks. A friendship takes about 40 bytes, the
 * texts of the accounts are shared.
 */
public final class FriendLists {

    private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();

    FriendLists() {}

    /**
     * Makes an account exist, with an empty list when it is new.
     *
     * @param id the UserID
     * @return this
     */
    public FriendLists addAccount(String id) {
        account(id, 16);
        return this;
    }

    /**
     * Puts one account into the list of another (one direction only); both exist afterwards.
     *
     * @param from whose list
     * @param to who is put into it
     * @return this
     */
    public FriendLists befriend(String from, String to) {
        Account friend = account(to, 16);
        if (account(from, 16).friends.add(friend.id)) {
            total.incrementAndGet();
        }
        return this;
    }

    /**
     * Puts two accounts into each other's list.
     *
     * @param one one account
     * @param other the other account
     * @return this
     */
    public FriendLists befriendBoth(String one, String other) {
        return befriend(one, other).befriend(other, one);
    }

    /**
     * Generates {@code owner-00000} and so on, each having {@code friend-00000} and so on in its list (one direction).
     *
     * @param owners how many owners
     * @param friendsEach how many friends each owner has
     * @return this
     */
    public FriendLists generate(int owners, int friendsEach) {
        return generate("owner-", owners, "friend-", friendsEach, false);
    }

    /**
     * Generates owners that all have the same friends.
     *
     * @param ownerPrefix what the owners' UserIDs begin with
     * @param owners how many owners
     * @param friendPrefix what the friends' UserIDs begin with
     * @param friendsEach how many friends each owner has
     * @param both whether the friends have the owners in their lists, too
     * @return this
     */
    public FriendLists generate(String ownerPrefix, int owners, String friendPrefix, int friendsEach, boolean both) {
        String[] friends = new String[friendsEach];
        for (int i = 0; i < friendsEach; i++) {
            friends[i] = account(name(friendPrefix, i), both ? owners : 1).id;
        }
        for (int i = 0; i < owners; i++) {
            Account owner = account(name(ownerPrefix, i), friendsEach);
            for (String friend : friends) {
                if (owner.friends.add(friend)) {
                    total.incrementAndGet();
                }
                if (both) {
                    befriend(friend, owner.id);
                }
            }
        }
        return this;
    }

    /**
     * The UserID of a generated account.
     *
     * @param prefix such as {@code owner-}
     * @param index from 0
     * @return the prefix with the index in at least five digits
     */
    public static String name(String prefix, int index) {
        String digits = Integer.toString(index);
        return prefix + "00000".substring(Math.min(5, digits.length())) + digits;
    }

    /**
     * Whether an account exists; calls that name others answer 30003.
     *
     * @param id the UserID
     * @return true when it exists
     */
    public boolean exists(String id) {
        return accounts.containsKey(id);
    }

    /**
     * Whether one account stands in the list of another.
     *
     * @param from whose list
     * @param to who is looked for
     * @return true when {@code to} is in the list of {@code from}
     */
    public boolean areFriends(String from, String to) {
        Account account = accounts.get(from);
        return account != null && account.friends.contains(to);
    }

    /**
     * The length of a list.
     *
     * @param from whose list
     * @return its length, 0 when the account does not exist
     */
    public int count(String from) {
        Account account = accounts.get(from);
        return account == null ? 0 : account.friends.size();
    }

    /**
     * The length of all lists together.
     *
     * @return how many one-direction friendships are left
     */
    public long total() {
        return total.get();
    }

    /**
     * How many accounts exist.
     *
     * @return their number
     */
    public int accounts() {
        return accounts.size();
    }

    /**
     * A copy of a list.
     *
     * @param from whose list
     * @return its members, empty when the account does not exist
     */
    public Set<String> friendsOf(String from) {
        Account account = accounts.get(from);
        return account == null ? Set.of() : Set.copyOf(account.friends);
    }

    /** Takes one account out of the list of another; tells whether this very call did it. */
    boolean remove(String from, String to) {
        Account account = accounts.get(from);
        if (account == null || !account.friends.remove(to)) {
            return false;
        }
        total.decrementAndGet();
        return true;
    }

    /** Empties a list, and takes its owner out of the lists of those who stood in it; tells each removal. */
    void removeAll(String from, boolean both, BiConsumer<String, String> removed) {
        Account account = accounts.get(from);
        if (account == null) {
            return;
        }
        for (String friend : account.friends) {
            if (remove(from, friend)) {
                removed.accept(from, friend);
            }
            if (both && remove(friend, from)) {
                removed.accept(friend, from);
            }
        }
    }

    private Account account(String id, int expected) {
        @Nullable Account known = accounts.get(id);
        return known != null ? known : accounts.computeIfAbsent(id, key -> new Account(key, expected));
    }

    private static final class Account {
        final String id;
        final Set<String> friends;

        Account(String id, int expected) {
            this.id = id;
            this.friends = ConcurrentHashMap.newKeySet(Math.max(1, expected));
        }
    }
}
