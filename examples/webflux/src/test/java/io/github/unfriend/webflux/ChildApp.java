/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application in a process of its own, which can be killed. */
final class ChildApp implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)\\D");

    private final Process process;
    private final Path log;
    private int port;

    private ChildApp(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it, and waits until it listens. The folder takes its log and its temporary files. */
    static ChildApp start(Path folder, String... properties) throws IOException {
        Path log = Files.createTempFile(folder, "app-", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1", // with the optimizing compiler a start takes twice the processor time
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                UnfriendApplication.class.getName(),
                "--server.port=0",
                "--logging.level.root=info"));
        command.addAll(List.of(properties));
        ChildApp app = new ChildApp(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
        try {
            App.eventually(app::listens);
        } catch (AssertionError e) {
            app.close();
            throw new AssertionError("does not listen: " + Files.readString(log), e);
        }
        return app;
    }

    private boolean listens() {
        try {
            Matcher matcher = PORT.matcher(Files.readString(log));
            if (!matcher.find()) {
                return false;
            }
            port = Integer.parseInt(matcher.group(1));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** At once, as by {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
