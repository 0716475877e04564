/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.util.Locale;

/** Writes a score for a console. */
final class ScoreText {

    private ScoreText() {}

    static String of(Score score) {
        StringBuilder text = new StringBuilder(400);
        for (Api api : Api.values()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s %d calls, %d over the limit, most in any second %d (accepted %d)%n",
                    api.name().toLowerCase(Locale.ROOT),
                    score.calls(api),
                    score.refusedForRate(api),
                    score.mostInAnySecond(api),
                    score.acceptedMostInAnySecond(api)));
        }
        AccountsPerCall accounts = score.accountsPerCall();
        text.append(String.format(
                Locale.ROOT,
                "accounts           %d in %d calls (%d to %d each), %d friendships deleted%n",
                accounts.accounts(),
                accounts.calls(),
                accounts.fewest(),
                accounts.most(),
                score.deletions()));
        text.append(String.format(
                Locale.ROOT,
                "answers            %d by code %s, faults %s%n",
                score.answered(),
                score.answers(),
                score.faults()));
        text.append(String.format(
                Locale.ROOT,
                "connections        %d opened, %d open; callbacks %d sent, %d failed%n",
                score.connectionsOpened(),
                score.openConnections(),
                score.callbacksSent(),
                score.callbacksFailed()));
        text.append("violations         ").append(score.violationCount());
        score.violations().stream()
                .limit(5)
                .forEach(one -> text.append(System.lineSeparator()).append("  ").append(one));
        return text.toString();
    }
}
