/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import io.github.unfriend.Friendship;
import org.jspecify.annotations.Nullable;

/** One JSON object a line with the members {@code from} and {@code to}, such as a result line; others are passed over. */
final class JsonPairs implements AccountReader {

    private final ByteRecords records;

    JsonPairs(ByteRecords records) {
        this.records = records;
    }

    @Override
    public @Nullable Friendship next() {
        while (records.nextLine()) {
            JsonLine line = JsonLine.read(records);
            if (line == null) {
                continue;
            }
            if (line.from() == null || line.to() == null) {
                throw records.bad("has no member \"" + (line.from() == null ? "from" : "to")
                        + "\"; a line such as {\"from\":\"alice\",\"to\":\"bob\"} is wanted");
            }
            return new Friendship(line.from(), line.to());
        }
        return null;
    }

    @Override
    public void close() {
        records.close();
    }
}
