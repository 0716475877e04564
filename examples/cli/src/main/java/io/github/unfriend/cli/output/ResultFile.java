/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import io.github.unfriend.cli.input.BadInputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file results are appended to. One process at a time: it is locked while it is open. Blocks; not thread-safe.
 */
public final class ResultFile implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private final boolean regular;

    private ResultFile(Path path, FileChannel channel, boolean regular) {
        this.path = path;
        this.channel = channel;
        this.regular = regular;
    }

    /**
     * Finds out early what would go wrong later; changes nothing.
     *
     * @param path where results shall go
     * @param mode what to do with what is there
     * @throws BadInputException if results cannot go there
     */
    public static void check(Path path, OutputMode mode) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new BadInputException("There is no directory " + folder + " for the output; make it first.");
        }
        if (Files.isDirectory(path)) {
            throw new BadInputException(path + " is a directory; the output wants a file.");
        }
        if (mode == OutputMode.OVERWRITE
                && Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new BadInputException(path + " is no plain file, so --overwrite does not replace it.");
        }
        if (!Files.exists(path)) {
            return;
        }
        if (!Files.isWritable(path)) {
            throw new BadInputException(path + " may not be written; see its permissions.");
        }
        if (Files.isRegularFile(path)) {
            if (mode == OutputMode.NEW && sizeOf(path) > 0) {
                throw new BadInputException(path + " exists already. Say --resume to continue that run, --overwrite to"
                        + " replace the file, or name another one.");
            }
        } else if (mode == OutputMode.RESUME) {
            throw new BadInputException(path + " is no regular file, so no run can be continued from it.");
        }
    }

    private static long sizeOf(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw cannot("look at", path, e);
        }
    }

    /**
     * Opens and locks the file.
     *
     * @param path where results shall go
     * @param mode what to do with what is there
     * @return to be closed
     * @throws BadInputException if that is not possible; the file is unchanged then
     */
    public static ResultFile open(Path path, OutputMode mode) {
        check(path, mode);
        try {
            boolean regular = !Files.exists(path) || Files.isRegularFile(path);
            FileChannel channel = FileChannel.open(path, options(regular, mode), onlyForTheOwner(path));
            ResultFile file = new ResultFile(path, channel, regular);
            if (regular) {
                file.takeOver(mode);
            }
            return file;
        } catch (IOException e) {
            throw cannot("open", path, e);
        }
    }

    private static Set<OpenOption> options(boolean regular, OutputMode mode) {
        if (!regular) {
            return Set.of(StandardOpenOption.WRITE);
        }
        Set<OpenOption> options =
                new HashSet<>(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
        if (mode == OutputMode.OVERWRITE) {
            options.add(LinkOption.NOFOLLOW_LINKS); // also if somebody has put a link there since the check
        }
        return options;
    }

    /**
     * Who is whose friend is nobody else's business: a new file has the mode 0600, where files have modes.
     *
     * @param path a file to be made
     * @return with what to make it
     */
    public static FileAttribute<?>[] onlyForTheOwner(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void takeOver(OutputMode mode) throws IOException {
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            mine = false; // locked by another run of this very process
        } finally {
            if (!mine) {
                channel.close();
            }
        }
        if (!mine) {
            throw new BadInputException(
                    "Another process is writing " + path + ". Wait for its end, or name another file.");
        }
        if (mode == OutputMode.NEW && channel.size() > 0) { // another process has written to it since the check
            channel.close();
            throw new BadInputException(path + " exists already.");
        }
        if (mode == OutputMode.OVERWRITE) {
            channel.truncate(0);
        }
    }

    /**
     * Reads the lines of earlier runs, marks the accounts that are done, and cuts a damaged tail off.
     *
     * @param done takes the accounts that are done
     * @param withTo whether lines have a To_Account (delete), or not (delete-all)
     * @return how many accounts are done
     * @throws BadInputException if a line cannot be read; the file is unchanged then
     */
    public long readBack(AccountSet done, boolean withTo) {
        try {
            EarlierResults.Found found = EarlierResults.read(channel, path.toString(), done, withTo);
            channel.truncate(found.length());
            channel.position(found.length());
            return found.done();
        } catch (IOException e) {
            throw cannot("read", path, e);
        }
    }

    /**
     * Reads the lines of earlier runs and changes nothing.
     *
     * @param path the output of earlier runs
     * @param done takes the accounts that are done
     * @param withTo whether lines have a To_Account (delete), or not (delete-all)
     * @throws BadInputException if a line cannot be read
     */
    public static void readDone(Path path, AccountSet done, boolean withTo) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            EarlierResults.read(file, path.toString(), done, withTo);
        } catch (IOException e) {
            throw cannot("read", path, e);
        }
    }

    /**
     * Where to write; every write goes to the system at once.
     *
     * @return not to be closed
     */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /** Brings what was written to the disk, and lets others have the file. */
    @Override
    public void close() {
        try (channel) {
            if (regular) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    private static BadInputException cannot(String what, Path path, IOException e) {
        String reason = e instanceof AccessDeniedException
                ? "permission denied"
                : e instanceof FileAlreadyExistsException ? "it exists" : e.getMessage();
        return new BadInputException("Cannot " + what + " " + path + ": " + reason + ".", e);
    }

    /**
     * The same file, whatever its name is.
     *
     * @param one a path, or null
     * @param other a path, or null
     * @return true when both exist and are one
     */
    public static boolean same(@Nullable Path one, @Nullable Path other) {
        try {
            return one != null && other != null && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
