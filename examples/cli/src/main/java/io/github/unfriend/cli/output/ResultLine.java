/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of output.
 *
 * @param from the From_Account
 * @param to the To_Account, null for delete-all
 * @param outcome what became of it
 * @param code the service's code, or a negative one of the library
 * @param info the text that came with the code
 */
public record ResultLine(String from, @Nullable String to, Outcome outcome, int code, String info) {

    /**
     * The line of one friendship.
     *
     * @param item the result
     * @return its line
     */
    public static ResultLine of(ResultItem item) {
        return new ResultLine(
                item.fromAccount(), item.toAccount(), item.outcome(), item.resultCode(), item.resultInfo());
    }

    /**
     * The line of one friend list.
     *
     * @param result the result
     * @return its line
     */
    public static ResultLine of(DeleteAllResult result) {
        return new ResultLine(result.fromAccount(), null, result.outcome(), result.errorCode(), result.errorInfo());
    }

    /**
     * How lines write an outcome.
     *
     * @param outcome an outcome
     * @return such as {@code not_friends}
     */
    public static String name(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
