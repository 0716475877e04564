/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.output.AccountSet;
import io.github.unfriend.lists.Line;
import io.github.unfriend.lists.LineCutter;
import io.github.unfriend.lists.ResultLine;
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
        LineCutter lines = new LineCutter(this::check);
        lines.take(bytes, offset, offset + length);
        lines.finish();
    }

    private void check(Line line) {
        if (line.isBlank() || !line.isTerminated()) {
            throw new IllegalStateException("the output holds a torn line");
        }
        ResultLine result = ResultLine.read(line);
        if (accounts.markDone(String.valueOf(result.from()), String.valueOf(result.to()))) {
            deleted += "deleted".equals(result.outcome()) ? 1 : 0;
        } else {
            repeated++;
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
