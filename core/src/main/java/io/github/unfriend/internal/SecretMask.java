/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a UserSig out of what a peer says: peers echo the URL that they were called with. Each word that holds 16 or more
 * characters of the UserSig in a row, or a query with one, becomes {@code ***}. For one answer; not thread-safe.
 */
public final class SecretMask {

    /** Shorter pieces of a signature are of no use to anybody, and words of a text may look like them. */
    private static final int SHORTEST_PIECE = 16;

    private static final Pattern WORD = Pattern.compile("[^\\s\"'<>]{" + SHORTEST_PIECE + ",}");
    private static final Pattern QUERY = Pattern.compile("usersig(=|%3d)", Pattern.CASE_INSENSITIVE);

    private final String secret;
    private String latest = "";
    private String latestMasked = "";

    /**
     * A mask for one secret.
     *
     * @param secret the UserSig; empty if there is none
     */
    public SecretMask(String secret) {
        this.secret = secret;
    }

    /**
     * The text without the secret.
     *
     * @param text any text
     * @return the same text if it holds nothing of the secret
     */
    public String mask(String text) {
        if (text.length() < SHORTEST_PIECE) {
            return text;
        }
        if (!text.equals(latest)) { // most items of an answer carry the same text
            latestMasked = masked(text);
            latest = text;
        }
        return latestMasked;
    }

    /**
     * Whether the text holds anything of the secret.
     *
     * @param text any text
     * @return true if {@link #mask} gives another text
     */
    public boolean changes(String text) {
        return !mask(text).equals(text);
    }

    private String masked(String text) {
        return WORD.matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(isSecret(word.group()) ? "***" : word.group()));
    }

    private boolean isSecret(String word) {
        if (QUERY.matcher(word).find()) {
            return true;
        }
        for (int at = 0; at + SHORTEST_PIECE <= word.length(); at++) {
            if (secret.contains(word.substring(at, at + SHORTEST_PIECE))) {
                return true;
            }
        }
        return false;
    }
}
