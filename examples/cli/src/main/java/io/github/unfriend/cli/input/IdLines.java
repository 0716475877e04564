/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import io.github.unfriend.Friendship;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One UserID a line. Blank lines are passed over; spaces and tabs around a UserID do not belong to it. */
final class IdLines implements AccountReader {

    private final ByteRecords records;
    private final Function<String, Friendship> toFriendship;

    IdLines(ByteRecords records, Function<String, Friendship> toFriendship) {
        this.records = records;
        this.toFriendship = toFriendship;
    }

    @Override
    public @Nullable Friendship next() {
        while (records.nextLine()) {
            byte[] bytes = records.bytes();
            int start = records.start();
            int end = records.end();
            while (start < end && Blanks.is(bytes[start])) {
                start++;
            }
            while (end > start && Blanks.is(bytes[end - 1])) {
                end--;
            }
            if (start < end) {
                return toFriendship.apply(records.text(start, end));
            }
        }
        return null;
    }

    @Override
    public void close() {
        records.close();
    }
}
