/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.cli.input.BadInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {

    private static final String DELETED =
            "{\"from\":\"a\",\"to\":\"b\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}\n";
    private static final String FAILED =
            "{\"from\":\"a\",\"to\":\"c\",\"outcome\":\"failed\",\"code\":30006,\"info\":\"\"}\n";

    @TempDir
    private Path folder = Path.of("");

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("out.ndjson"), content);
    }

    @Test
    void aNewFileIsNotMadeOverAnOldOne() throws IOException {
        Path path = file(DELETED);
        assertThatThrownBy(() -> ResultFile.open(path, OutputMode.NEW))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("--resume")
                .hasMessageContaining("--overwrite");
        assertThat(path).hasContent(DELETED.strip());
    }

    @Test
    void linesOfEarlierRunsAreReadAndATornOneIsCutOff() throws IOException {
        Path path = file(DELETED + FAILED + "{\"from\":\"a\",\"to\":\"d\",\"outcome\":\"dele");
        AccountSet done = new AccountSet();
        try (ResultFile results = ResultFile.open(path, OutputMode.RESUME)) {
            assertThat(results.readBack(done, true)).isEqualTo(1);
            OutputStream out = results.stream();
            out.write("new\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(Files.readString(path)).isEqualTo(DELETED + FAILED + "new\n");
        assertThat(done.see("a", "b")).isEqualTo(AccountSet.Standing.DONE);
        assertThat(done.see("a", "c")).isEqualTo(AccountSet.Standing.NEW);
        assertThat(done.see("a", "d")).isEqualTo(AccountSet.Standing.NEW);
    }

    @Test
    void aTornLineAmidTheFileIsToldAndNothingIsChanged() throws IOException {
        String content = DELETED + "{\"from\":\"a\",\"to\":\"d\",\"outc" + DELETED + FAILED;
        Path path = file(content);
        try (ResultFile results = ResultFile.open(path, OutputMode.RESUME)) {
            assertThatThrownBy(() -> results.readBack(new AccountSet(), true))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("Line 2 of " + path);
        }
        assertThat(Files.readString(path)).isEqualTo(content);
    }

    @Test
    void theOutputOfTheOtherCommandIsToldApart() throws IOException {
        Path path = file("{\"from\":\"a\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}\n");
        assertThatThrownBy(() -> ResultFile.readDone(path, new AccountSet(), true))
                .hasMessageContaining("delete-all");
        assertThatThrownBy(() -> ResultFile.readDone(file(DELETED), new AccountSet(), false))
                .hasMessageContaining("not of delete-all");
        assertThatThrownBy(() ->
                        ResultFile.readDone(file("{\"from\":\"a\",\"outcome\":\"gone\"}\n"), new AccountSet(), false))
                .hasMessageContaining("no result line");
    }

    @Test
    void oneWriterAtATime() throws IOException {
        Path path = file("");
        try (ResultFile first = ResultFile.open(path, OutputMode.RESUME)) {
            first.readBack(new AccountSet(), true);
            assertThatThrownBy(() -> ResultFile.open(path, OutputMode.OVERWRITE))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("Another process");
        }
        ResultFile.open(path, OutputMode.OVERWRITE).close();
    }

    @Test
    void placesWhereNothingCanBeWrittenAreToldBeforehand() throws IOException {
        assertThatThrownBy(() -> ResultFile.check(folder.resolve("no/such/file"), OutputMode.NEW))
                .hasMessageContaining("no directory");
        assertThatThrownBy(() -> ResultFile.check(folder, OutputMode.NEW)).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> ResultFile.check(Path.of("/dev/null"), OutputMode.RESUME))
                .hasMessageContaining("no regular file");
        ResultFile.open(Path.of("/dev/null"), OutputMode.NEW).close();
    }
}
