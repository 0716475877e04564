/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** README.md and the README.md of this module, for tests that check what they say. */
public final class Readme {

    private static final List<Path> FILES = List.of(Path.of("..", "README.md"), Path.of("README.md"));

    private Readme() {}

    /** The code blocks of one language that hold a word. */
    public static List<String> blocks(String language, String word) {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text())
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(word))
                .toList();
    }

    /** The rows of tables whose first cell matches, cut into cells. */
    public static List<List<String>> rows(String firstCell) {
        return text().lines()
                .filter(line -> line.matches("\\| " + firstCell + " \\|.*"))
                .map(line -> List.of(line.substring(1, line.length() - 1).split("\\|", -1)))
                .map(cells -> cells.stream().map(String::strip).toList())
                .toList();
    }

    private static String text() {
        StringBuilder text = new StringBuilder();
        try {
            for (Path file : FILES) {
                text.append(Files.readString(file)).append('\n');
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return text.toString();
    }
}
