/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process has left goes, and nothing else. KilledTest has a process that is really killed. */
class SpoolFolderTest {

    @TempDir
    Path parent;

    @Test
    void isGoneWithAllThatIsInItWhenItIsClosed() throws IOException {
        SpoolFolder folder = SpoolFolder.create(parent);
        Files.writeString(folder.path().resolve("a.list"), "alice,bob\n");
        assertThat(parent).isDirectoryContaining(folder.path()::equals);
        folder.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void leavesThoseOfTheLivingAlone() throws IOException {
        try (SpoolFolder first = SpoolFolder.create(parent);
                SpoolFolder second = SpoolFolder.create(parent)) {
            assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
            assertThat(second.path()).isDirectory();
        }
    }

    @Test
    void removesThoseWhoseLockNobodyHolds() throws IOException {
        Path dead = Files.createDirectory(parent.resolve("unfriend-dead"));
        Files.createFile(dead.resolve("lock"));
        Files.createFile(dead.resolve("locked"));
        Files.writeString(dead.resolve("a.ndjson"), "{}\n");
        try (SpoolFolder folder = SpoolFolder.create(parent)) {
            assertThat(dead).doesNotExist();
            assertThat(folder.path()).exists();
        }
    }

    @Test
    void removesNothingThatIsNotSurelyDead() throws IOException {
        Path beginning = Files.createDirectory(parent.resolve("unfriend-beginning"));
        Files.createFile(beginning.resolve("lock"));
        Path foreign = Files.createDirectory(parent.resolve("unfriend-foreign"));
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve("lock"));
        Files.createFile(elsewhere.resolve("locked"));
        Path link = Files.createSymbolicLink(parent.resolve("unfriend-link"), elsewhere);
        try (SpoolFolder folder = SpoolFolder.create(parent)) {
            assertThat(folder.path()).exists();
            assertThat(beginning.resolve("lock")).exists();
            assertThat(foreign).exists();
            assertThat(elsewhere.resolve("locked")).exists();
            assertThat(link).exists();
        }
    }
}
