/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import io.github.unfriend.Friendship;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code From_Account,To_Account}, as RFC 4180 has it: quoted fields, doubled quotes. Spaces and tabs around a field do
 * not belong to it. No field may hold a line end: no UserID does.
 */
final class CsvFormat implements LineFormat {

    private static final String WANTED = "; From_Account,To_Account is wanted";

    @Override
    public @Nullable Friendship read(Line line, boolean isFirst) {
        String text = line.text();
        String plain = line.trimmed().toLowerCase(Locale.ROOT);
        if (plain.startsWith("sep=")) {
            if (isFirst && plain.equals("sep=,")) {
                return null; // a word of spreadsheets to themselves
            }
            throw line.bad("says \"" + line.trimmed() + "\"" + WANTED);
        }
        Fields fields = new Fields(line, text);
        String from = fields.next();
        if (fields.areOver()) {
            throw line.bad("has one field only" + WANTED);
        }
        String to = fields.next();
        if (!fields.areOver()) {
            throw line.bad("has more than two fields" + WANTED + ", and a comma in a UserID wants quotes around it");
        }
        if (from.equalsIgnoreCase("From_Account") && to.equalsIgnoreCase("To_Account")) {
            if (isFirst) {
                return null;
            }
            throw line.bad("is a header in the middle of the list: it was joined of several" + WANTED);
        }
        return new Friendship(from, to);
    }

    private static final class Fields {
        private final Line line;
        private final String text;
        private int at;

        Fields(Line line, String text) {
            this.line = line;
            this.text = text;
        }

        boolean areOver() {
            return at > text.length();
        }

        /** Leaves {@link #at} behind the comma, or beyond the end. */
        String next() {
            skipBlanks();
            return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
        }

        private String plain() {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            int last = end;
            while (last > at && Line.isBlank(text.charAt(last - 1))) {
                last--;
            }
            String field = text.substring(at, last);
            if (field.indexOf('"') >= 0) {
                throw line.bad("has a quote inside a field without quotes around it" + WANTED
                        + ", and the inner quotes doubled (RFC 4180)");
            }
            at = end + 1;
            return field;
        }

        private String quoted() {
            StringBuilder field = new StringBuilder();
            for (int i = at + 1; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    at = i + 1;
                    skipBlanks();
                    if (at < text.length() && text.charAt(at) != ',') {
                        throw line.bad("goes on behind a closing quote" + WANTED);
                    }
                    at++;
                    return field.toString();
                }
            }
            throw line.bad("has a quote that is not closed" + WANTED);
        }

        private void skipBlanks() {
            while (at < text.length() && Line.isBlank(text.charAt(at))) {
                at++;
            }
        }
    }
}
