/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.ResultItem;

/**
 * How many results to ask the gateway for ahead of the reader. Demand is counted in accounts and the gateway starts as
 * many calls as the demand needs; a call has 1 to 1,000 accounts, depending on how many friends each From_Account has in
 * the list. Too small a window would leave calls unmade, too large a one would let hundreds of calls go on after a
 * pause. So the window is as many calls as may be under way, times the accounts that a call had lately: results of one
 * call come one behind the other and have the same From_Account. Not thread-safe.
 */
final class Window {

    private static final int MOST_IN_A_CALL = 1000;
    /** The weight of what was before the last call. */
    private static final double MEMORY = 0.875;

    private final int calls;
    private String fromAccount = "";
    private int run;
    private double accountsPerCall = 1;

    Window(int calls) {
        this.calls = calls;
    }

    void sees(ResultItem result) {
        if (result.fromAccount().equals(fromAccount)) {
            run++;
        } else {
            accountsPerCall = Math.max(1, accountsPerCall * MEMORY + run * (1 - MEMORY));
            fromAccount = result.fromAccount();
            run = 1;
        }
        // Up at once, down slowly: too small a window costs calls, one too large for a moment costs nothing.
        accountsPerCall = Math.min(MOST_IN_A_CALL, Math.max(accountsPerCall, run));
    }

    int size() {
        return (int) Math.ceil(calls * accountsPerCall);
    }
}
