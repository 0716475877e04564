/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import io.github.unfriend.Friendship;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Accounts, one after the other, as they stand in the input. Blocks while the input does; not thread-safe. */
public interface AccountReader extends Closeable {

    /** What stands for To_Account where there is none (delete-all). */
    String NONE = "";

    /**
     * Reads one account.
     *
     * @return null at the end
     * @throws BadInputException if the input cannot be read or a line is malformed; the message names the line
     */
    @Nullable
    Friendship next();

    @Override
    void close();
}
