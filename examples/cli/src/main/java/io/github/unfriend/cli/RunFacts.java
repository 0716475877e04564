/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.output.OutputException;
import io.github.unfriend.cli.output.OutputMode;
import io.github.unfriend.cli.output.ResultFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run is about. It stands in a small file beside the output, {@code FILE.run}, so that {@code --resume} does not
 * take accounts for done that another app, type or API has done.
 *
 * @param api the API that is called
 * @param type the DeleteType
 * @param sdkAppId the SDKAppID
 * @param administrator the administrator that calls
 * @param place region or endpoint
 */
record RunFacts(String api, String type, String sdkAppId, String administrator, String place) {

    private Map<String, String> byName() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("api", api);
        facts.put("type", type);
        facts.put("sdk-app-id", sdkAppId);
        facts.put("admin", administrator);
        facts.put("endpoint", place);
        return facts;
    }

    /**
     * Writes them beside the output, or compares them with those of the run that is resumed.
     *
     * @param output a file that this run has locked
     * @param err where to say that nothing is known of the earlier run
     * @throws BadInputException if the earlier run was about something else
     */
    void keepBeside(Path output, OutputMode mode, PrintStream err) {
        if (!Files.isRegularFile(output)) {
            return; // a device or a pipe
        }
        Path file = beside(output);
        try {
            if (mode == OutputMode.RESUME && Files.size(output) > 0) {
                Properties before = read(file);
                if (before == null) {
                    err.println("There is no " + file + " to tell which app and type " + output + " is of.");
                } else {
                    compare(before, output);
                    return;
                }
            }
            write(file);
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    /** Compares them with those of an earlier run, if anything is known of it; writes nothing. */
    void compareWith(Path output) {
        try {
            Properties before = read(beside(output));
            if (before != null) {
                compare(before, output);
            }
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    private static Path beside(Path output) {
        return output.resolveSibling(output.getFileName() + ".run");
    }

    private void compare(Properties before, Path output) {
        byName().forEach((name, now) -> {
            String then = before.getProperty(name);
            if (!now.isEmpty() && !now.equals(then)) { // a dry run need not say everything
                throw new BadInputException(output + " is of a run with " + name + " " + then + ", and this one has "
                        + name + " " + now + ". Name another output file. Nothing was sent.");
            }
        });
    }

    private static @Nullable Properties read(Path file) throws IOException {
        try {
            Properties facts = new Properties();
            try (Reader text = new StringReader(Files.readString(file))) {
                facts.load(text);
            }
            return facts;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file + " is damaged. Name another output file.", e);
        }
    }

    /** On the disk before the first call, so that a power loss leaves no output without it. */
    private void write(Path file) throws IOException {
        Properties facts = new Properties();
        facts.putAll(byName());
        StringWriter text = new StringWriter();
        facts.store(text, "What the run is about; --resume compares it.");
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS),
                ResultFile.onlyForTheOwner(file))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
