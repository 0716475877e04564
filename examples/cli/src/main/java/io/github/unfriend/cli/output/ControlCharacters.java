/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import java.util.Locale;

/** Characters that do something to a terminal or to the text around them, instead of being shown. */
public final class ControlCharacters {

    private ControlCharacters() {}

    /**
     * Whether a character does something to a terminal or to the text around it, instead of being shown. U+0085 ends a line
     * and U+009B starts a terminal's command; others turn the direction of what follows, so that it reads as something
     * else.
     *
     * @param c any character
     * @return true for control characters, line ends, and those that turn the direction of writing
     */
    public static boolean is(char c) {
        return Character.isISOControl(c)
                || c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u2028' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    /**
     * Such characters as their numbers; ends of lines and tabs as they are.
     *
     * @param text any text
     * @return text that can be shown on a terminal
     */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean endsLine = c == '\n' || (c == '\r' && text.startsWith("\n", i + 1));
            if (is(c) && c != '\t' && !endsLine) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
