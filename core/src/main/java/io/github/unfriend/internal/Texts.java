/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import java.util.regex.Pattern;

/** Makes text that came from outside fit for a message or a log line. */
public final class Texts {
    private static final int MOST_CHARS = 300;
    // Longer than any UserID and shorter than any UserSig or secret key: a service or a proxy that echoes the URL back
    // must not carry the signature into a log.
    private static final Pattern SECRET_LIKE = Pattern.compile("[A-Za-z0-9*_%+/=-]{40,}");
    // Cc and not Cntrl, which is ASCII only: U+0085 ends a line, and U+009B starts a command of a terminal. The others
    // end a line too, or turn the direction of what follows, so that it reads as something else.
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]+");

    private Texts() {}

    /**
     * One line of at most 300 characters, without control characters and without anything that could be a signature.
     *
     * @param text any text
     * @return the cleaned text
     */
    public static String clean(String text) {
        // Cut before searching, so that a huge text costs no more than a short one.
        String cut = text.length() <= 4 * MOST_CHARS ? text : text.substring(0, 4 * MOST_CHARS);
        String line = CONTROL.matcher(cut).replaceAll(" ");
        String safe = SECRET_LIKE.matcher(line).replaceAll("***");
        return safe.length() <= MOST_CHARS ? safe : safe.substring(0, MOST_CHARS) + "…";
    }

    /**
     * Whether a text holds an unpaired surrogate, which UTF-8 cannot express.
     *
     * @param text any text
     * @return true if it does
     */
    public static boolean hasHalfCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
