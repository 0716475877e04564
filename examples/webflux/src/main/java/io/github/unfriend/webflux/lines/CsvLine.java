/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

import io.github.unfriend.Friendship;

/** {@code From_Account,To_Account}; a field may stand in quotes (RFC 4180), blanks around fields do not count. */
final class CsvLine implements LineFormat {

    private static final String WANTED = "; From_Account,To_Account is wanted";

    @Override
    public Friendship read(String line) throws Problem {
        Fields fields = new Fields(line);
        String from = fields.next();
        if (fields.atEnd()) {
            throw new Problem("has one field only" + WANTED);
        }
        String to = fields.next();
        if (!fields.atEnd()) {
            throw new Problem("has more than two fields" + WANTED + ", and a comma in a UserID wants quotes around it");
        }
        return new Friendship(from, to);
    }

    private static final class Fields {
        private final String line;
        private int at;

        Fields(String line) {
            this.line = line.strip();
        }

        boolean atEnd() {
            return at > line.length();
        }

        /** Leaves {@link #at} behind the comma, or beyond the end. */
        String next() throws Problem {
            while (at < line.length() && line.charAt(at) <= ' ') {
                at++;
            }
            return at < line.length() && line.charAt(at) == '"' ? quoted() : plain();
        }

        private String plain() throws Problem {
            int comma = line.indexOf(',', at);
            int end = comma < 0 ? line.length() : comma;
            String field = line.substring(at, end).strip();
            if (field.indexOf('"') >= 0) {
                throw new Problem("has a quote inside a field without quotes around it" + WANTED);
            }
            at = end + 1;
            return field;
        }

        private String quoted() throws Problem {
            StringBuilder field = new StringBuilder();
            for (int i = at + 1; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    int comma = line.indexOf(',', i);
                    int end = comma < 0 ? line.length() : comma;
                    if (!line.substring(i + 1, end).isBlank()) {
                        throw new Problem("goes on behind a closing quote" + WANTED);
                    }
                    at = end + 1;
                    return field.toString();
                }
            }
            throw new Problem("has a quote that is not closed" + WANTED);
        }
    }
}
