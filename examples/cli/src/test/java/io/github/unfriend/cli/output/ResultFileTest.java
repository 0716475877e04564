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
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** What a kill or a power loss leaves behind the last whole line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"from\":\"a\",\"to\":\"d",
                "\0\0\0",
                "{\"from\":\"\u00e5~",
                "ted\",\"code\":0}\n",
                "{\"fr{\"from\":\"a\"}\n\0\0"
            })
    void aDamagedTailIsCutOff(String tail) throws IOException {
        byte[] damaged = tail.replace("\u00e5~", "\u00c3")
                .getBytes(tail.contains("~") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        Path path = file(DELETED + FAILED);
        Files.write(path, damaged, StandardOpenOption.APPEND);
        Files.write(path, new byte[tail.startsWith("\0") ? 1_000_000 : 0], StandardOpenOption.APPEND);
        try (ResultFile results = ResultFile.open(path, OutputMode.RESUME)) {
            assertThat(results.readBack(new AccountSet(), true)).isEqualTo(1);
        }
        assertThat(Files.readString(path)).isEqualTo(DELETED + FAILED);
    }

    @Test
    void aFileWithNothingButATornLineOrZerosIsBegunAnew() throws IOException {
        for (String content : List.of("{\"from\":\"a\",\"t", "\0\0\0\0", "")) {
            try (ResultFile results = ResultFile.open(file(content), OutputMode.RESUME)) {
                assertThat(results.readBack(new AccountSet(), true)).isZero();
            }
            assertThat(folder.resolve("out.ndjson")).isEmptyFile();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"my diary", "my diary\n", "my diary\nof today", "[1]\n"})
    void aFileOfSomethingElseIsLeftAlone(String content) throws IOException {
        Path path = file(content);
        try (ResultFile results = ResultFile.open(path, OutputMode.RESUME)) {
            assertThatThrownBy(() -> results.readBack(new AccountSet(), true))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("Line 1 of " + path);
        }
        assertThat(Files.readString(path)).isEqualTo(content);
    }

    @Test
    void aLongTailOfSomethingElseIsNoTornLine() throws IOException {
        String content = DELETED + "something else\n".repeat(10_000);
        Path path = file(content);
        try (ResultFile results = ResultFile.open(path, OutputMode.RESUME)) {
            assertThatThrownBy(() -> results.readBack(new AccountSet(), true)).hasMessageContaining("Line 2");
        }
        assertThat(Files.readString(path)).isEqualTo(content);
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
