/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

/**
 * How many accounts the friend_delete calls named.
 *
 * @param calls calls with a readable list
 * @param accounts the length of all their lists
 * @param fewest the length of the shortest
 * @param most the length of the longest
 */
public record AccountsPerCall(long calls, long accounts, int fewest, int most) {
    /**
     * The mean length.
     *
     * @return accounts a call
     */
    public double average() {
        return calls == 0 ? 0 : (double) accounts / calls;
    }
}
