/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    /** As the application itself makes them: for its own user alone. */
    private Path folder(String name) throws IOException {
        return Files.createDirectory(
                parent.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** In a folder for all, others can prepare what looks like one of ours. */
    @Test
    @Timeout(20)
    void doesNotTouchWhatAnotherUserMayHavePrepared() throws Exception {
        Path withAPipe = folder("unfriend-pipe");
        Files.createFile(withAPipe.resolve("locked"));
        assertThat(new ProcessBuilder("mkfifo", withAPipe.resolve("lock").toString())
                        .start()
                        .waitFor())
                .isZero();
        Path withALink = folder("unfriend-with-link");
        Files.createFile(withALink.resolve("locked"));
        Path precious = Files.writeString(parent.resolve("precious"), "of somebody");
        Files.createSymbolicLink(withALink.resolve("lock"), precious);
        Path open = folder("unfriend-open");
        Files.createFile(open.resolve("lock"));
        Files.createFile(open.resolve("locked"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (SpoolFolder folder = SpoolFolder.create(parent)) {
            assertThat(folder.path()).exists();
            assertThat(withAPipe.resolve("locked")).exists();
            assertThat(withALink.resolve("locked")).exists();
            assertThat(precious).hasContent("of somebody");
            assertThat(open.resolve("locked")).exists();
        }
    }

    @Test
    void removesThoseWhoseLockNobodyHolds() throws IOException {
        Path dead = folder("unfriend-dead");
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
        Path beginning = folder("unfriend-beginning");
        Files.createFile(beginning.resolve("lock"));
        Path foreign = folder("unfriend-foreign");
        Path elsewhere = folder("elsewhere");
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
