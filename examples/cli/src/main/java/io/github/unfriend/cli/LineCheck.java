/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.input.ByteRecords;
import io.github.unfriend.cli.input.JsonLine;
import io.github.unfriend.cli.output.AccountSet;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;

/** Takes the place of an output file in the demo, and reads what is written there: every account once, and deleted. */
final class LineCheck extends OutputStream {

    private final AccountSet accounts = new AccountSet();
    private long repeated;
    private long deleted;

    @Override
    public void write(int b) {
        throw new UnsupportedOperationException("whole lines only");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        ByteRecords records = new ByteRecords(new ByteArrayInputStream(bytes, offset, length), "the output");
        while (records.nextLine()) {
            JsonLine line = JsonLine.read(records);
            if (line == null || !records.terminated()) {
                throw new IllegalStateException("the output holds a torn line");
            }
            if (accounts.markDone(String.valueOf(line.from()), String.valueOf(line.to()))) {
                deleted += "deleted".equals(line.outcome()) ? 1 : 0;
            } else {
                repeated++;
            }
        }
    }

    /** Accounts with a line. */
    long accounts() {
        return accounts.size();
    }

    /** Lines for an account that had one already. */
    long repeated() {
        return repeated;
    }

    /** Accounts whose line says deleted. */
    long deleted() {
        return deleted;
    }
}
