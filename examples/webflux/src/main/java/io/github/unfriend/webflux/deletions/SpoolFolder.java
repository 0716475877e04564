/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The folder of one process for its temporary files. The operating system holds a lock for it as long as the process
 * lives. So the next process can tell for sure that a folder was left by a killed one, and removes it. Blocks.
 */
final class SpoolFolder implements AutoCloseable {

    private static final Log LOG = LogFactory.getLog(SpoolFolder.class);
    private static final String PREFIX = "unfriend-";
    private static final String LOCK = "lock";
    /** Exists once the lock is held. Without it, another process could find the lock file before it is locked. */
    private static final String LOCKED = "locked";

    /** Folders of this very process: to open their lock file and close it again would give up the lock. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private SpoolFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** A new folder, readable for this user alone; folders of dead processes beside it are gone then. */
    static SpoolFolder create(Path parent) throws IOException {
        Path path = Files.createTempDirectory(parent, PREFIX);
        OWN.add(path);
        removeLeftovers(parent, path);
        FileChannel lockFile =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lockFile.lock();
        Files.createFile(path.resolve(LOCKED));
        return new SpoolFolder(path, lockFile);
    }

    Path path() {
        return path;
    }

    private static void removeLeftovers(Path parent, Path own) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                removeIfDead(folder, own);
            }
        } catch (IOException e) {
            LOG.warn("Cannot look for files that earlier processes have left in " + parent, e);
        }
    }

    private static void removeIfDead(Path folder, Path own) {
        if (OWN.contains(folder) || !isLike(folder, own)) {
            return;
        }
        try (FileChannel lockFile =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = lockFile.tryLock()) {
            if (lock != null) {
                remove(folder);
                LOG.info("Removed what a process that is gone had left in " + folder);
            }
        } catch (IOException e) {
            LOG.debug("Not removed: " + folder, e); // another user's, or just being removed by another process
        }
    }

    /**
     * A folder of the same user that nobody else can write to, with files where files should be. Another user could prepare
     * one with a pipe in it, at which this would wait for ever, or with a link to something else.
     */
    private static boolean isLike(Path folder, Path own) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && ownerAndModes(folder).equals(ownerAndModes(own))
                    && Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
                    && Files.isRegularFile(folder.resolve(LOCKED), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Where files have no modes, the folder for temporary files belongs to one user. */
    private static List<Object> ownerAndModes(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? List.of(
                        Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS),
                        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))
                : List.of(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
    }

    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() throws IOException {
        try (lockFile) {
            remove(path);
        } finally {
            OWN.remove(path);
        }
    }
}
