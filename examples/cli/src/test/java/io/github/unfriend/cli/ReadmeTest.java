/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands and the exit codes that README.md and the README.md of the sandbox show. */
class ReadmeTest {

    private static final Path OURS = Path.of("README.md");
    private static final Path OF_THE_SANDBOX = Path.of("../sandbox/README.md");

    @TempDir
    private Path folder;

    /** The arguments of the only command that a file shows. */
    private static List<String> command(Path readme) throws IOException {
        List<String> found = Pattern.compile(
                        "^java -jar examples/cli/target/unfriend\\.jar ((?:.*\\\\\\n)*.*)", Pattern.MULTILINE)
                .matcher(Files.readString(readme))
                .results()
                .map(command -> command.group(1).replace("\\\n", " "))
                .toList();
        assertThat(found).hasSize(1);
        return List.of(found.get(0).strip().split("\\s+", -1));
    }

    @Test
    void deletesFromAFile() throws IOException {
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), "alice,bob\ncarol,dave\n");
        List<String> arguments = new ArrayList<>(command(OURS));
        arguments.replaceAll(argument -> switch (argument) {
            case "pairs.csv" -> pairs.toString();
            case "results.ndjson" -> folder.resolve(argument).toString();
            default -> argument;
        });
        arguments.add("--dry-run");
        Cli.Result result = new Cli().run(arguments.toArray(new String[0]));
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void startsASandbox() throws IOException {
        List<String> arguments = new ArrayList<>(command(OF_THE_SANDBOX));
        arguments.addAll(List.of("--for", "100ms", "--no-warm-up"));
        Cli.Result result = new Cli().run(arguments.toArray(new String[0]));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("http://127.0.0.1:").contains("friendships left");
    }

    @Test
    void namesEveryExitCode() throws IOException, IllegalAccessException {
        List<String> codes = new ArrayList<>();
        for (Field field : ExitCodes.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                codes.add(String.valueOf(field.getInt(null)));
            }
        }
        assertThat(Files.readString(OURS).lines().filter(line -> line.matches("\\| \\d+ \\|.*")))
                .extracting(line -> line.split("\\|", -1)[1].strip())
                .containsExactlyInAnyOrderElementsOf(codes);
    }
}
