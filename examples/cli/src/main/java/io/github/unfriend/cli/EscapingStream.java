/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.output.ControlCharacters;
import java.io.PrintStream;

/**
 * A stream for people that no text of others can steer: control characters and those that turn the direction of writing
 * are printed as their numbers. Line ends and single characters are left as they are.
 */
final class EscapingStream extends PrintStream {

    private final PrintStream to;

    EscapingStream(PrintStream to) {
        super(to, true);
        this.to = to;
    }

    @Override
    public void print(String text) {
        to.print(ControlCharacters.escaped(String.valueOf(text)));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }

    @Override
    public void print(char[] text) {
        print(String.valueOf(text));
    }
}
