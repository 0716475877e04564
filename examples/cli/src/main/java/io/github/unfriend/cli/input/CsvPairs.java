/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import io.github.unfriend.Friendship;
import org.jspecify.annotations.Nullable;

/**
 * From_Account,To_Account a record, as RFC 4180 has it: quoted fields, doubled quotes, CRLF or LF. Blank lines and the
 * header {@code From_Account,To_Account} are passed over; spaces and tabs around a field belong to it only inside quotes.
 */
final class CsvPairs implements AccountReader {

    private static final String WANTED = "From_Account,To_Account is wanted";

    private final ByteRecords records;
    private boolean first = true;
    /** Where the field read last ended: at a comma or at the end of the record. */
    private int at;

    CsvPairs(ByteRecords records) {
        this.records = records;
    }

    @Override
    public @Nullable Friendship next() {
        while (records.nextCsvRecord()) {
            at = skipBlanks(records.start());
            if (at == records.end()) {
                continue;
            }
            Friendship pair = pair();
            if (first && isHeader(pair)) {
                first = false;
                continue;
            }
            first = false;
            return pair;
        }
        return null;
    }

    private static boolean isHeader(Friendship pair) {
        return pair.fromAccount().equalsIgnoreCase("From_Account")
                && pair.toAccount().equalsIgnoreCase("To_Account");
    }

    private Friendship pair() {
        String from = field();
        if (at == records.end()) {
            throw records.bad("has one field only; " + WANTED);
        }
        at++;
        String to = field();
        if (at != records.end()) {
            throw records.bad(
                    "has more than two fields; " + WANTED + ", and a comma in a UserID wants quotes around it");
        }
        return new Friendship(from, to);
    }

    private String field() {
        at = skipBlanks(at);
        return at < records.end() && records.bytes()[at] == '"' ? quoted() : plain();
    }

    private String plain() {
        byte[] bytes = records.bytes();
        int start = at;
        int i = at;
        for (; i < records.end() && bytes[i] != ','; i++) {
            if (bytes[i] == '"') {
                throw records.bad("has a quote inside a field without quotes around it;"
                        + " put the field into quotes and double the inner ones (RFC 4180)");
            }
        }
        at = i;
        while (i > start && Blanks.is(bytes[i - 1])) {
            i--;
        }
        return records.text(start, i);
    }

    private String quoted() {
        byte[] bytes = records.bytes();
        int start = at + 1;
        boolean doubled = false;
        for (int i = start; i < records.end(); i++) {
            if (bytes[i] != '"') {
                continue;
            }
            if (i + 1 < records.end() && bytes[i + 1] == '"') {
                doubled = true;
                i++;
                continue;
            }
            String text = records.text(start, i);
            at = skipBlanks(i + 1);
            if (at < records.end() && bytes[at] != ',') {
                throw records.bad("goes on behind a closing quote; " + WANTED);
            }
            return doubled ? text.replace("\"\"", "\"") : text;
        }
        throw records.bad("begins a quoted field that is not closed");
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < records.end() && Blanks.is(records.bytes()[i])) {
            i++;
        }
        return i;
    }

    @Override
    public void close() {
        records.close();
    }
}
