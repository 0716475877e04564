/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.netty.ChannelBindException;

/** {@code unfriend sandbox}. */
@Command(
        name = "sandbox",
        description =
                "Plays the service on this machine: real friend lists, the service's checks, codes and limits, faults"
                        + " to order, and a score.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Prints its URL when it is ready, and the score at the end. Ends with exit code 0 after --for, or by Ctrl-C or"
                    + " SIGTERM."
        })
final class SandboxCommand implements Callable<Integer> {

    private final Env env;

    @Mixin
    private SandboxFlags flags = new SandboxFlags();

    @Option(
            names = "--owners",
            paramLabel = "N",
            defaultValue = "0",
            description = "Generate accounts owner-00000 and so on (default: ${DEFAULT-VALUE}).")
    private int owners;

    @Option(
            names = "--friends",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Friends of each: friend-00000 and so on (default: ${DEFAULT-VALUE}).")
    private int friends;

    @Option(names = "--both", description = "The friends have the owners in their lists, too.")
    private boolean both;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Stop by itself after this time, such as 10m.")
    private @Nullable Duration stopAfter;

    @Option(
            names = "--score",
            paramLabel = "FILE",
            description = "File that the score is written to at the end, as one JSON object.")
    private @Nullable Path score;

    SandboxCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (owners < 0 || friends < 0) {
            throw new BadInputException("--owners and --friends must be 0 or more.");
        }
        if (stopAfter != null && (stopAfter.isNegative() || stopAfter.isZero())) {
            throw new BadInputException("--for must be more than 0.");
        }
        CountDownLatch stop = new CountDownLatch(1);
        try (Sandbox sandbox = start(flags.options(env))) {
            env.interruption().onInterrupt(stop::countDown);
            sandbox.friends().generate("owner-", owners, "friend-", owners == 0 ? 0 : friends, both);
            PrintStream out = new PrintStream(env.out(), true, StandardCharsets.UTF_8);
            out.println(sandbox.uri());
            if (flags.hasDummyKey(env)) {
                env.err()
                        .println("Its key: " + SecretKeyOptions.VARIABLE + "=" + SandboxOptions.SECRET_KEY
                                + " (default SDKAppID: " + SandboxOptions.SDK_APP_ID + ")");
            }
            if (stopAfter == null) {
                stop.await();
            } else if (!stop.await(stopAfter.toMillis(), TimeUnit.MILLISECONDS)) {
                stop.countDown();
            }
            // Read before it closes, so that the file has everything that was answered.
            out.println(sandbox.score().summary());
            out.println("friendships left   " + sandbox.friends().total());
            writeScore(sandbox);
        } finally {
            env.interruption().nothingUnderWay();
        }
        return ExitCodes.OK;
    }

    private static Sandbox start(SandboxOptions options) {
        try {
            return Sandbox.start(options);
        } catch (ChannelBindException e) {
            throw new BadInputException("The port is taken: " + e.getMessage() + ". Name another one, or none.", e);
        }
    }

    /** Written under another name first, so that no reader finds half a score. */
    private void writeScore(Sandbox sandbox) {
        if (score == null) {
            return;
        }
        Path file = score.toAbsolutePath();
        Path half = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(half, ScoreJson.of(sandbox));
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BadInputException("Cannot write the score to " + score + ": " + e.getMessage(), e);
        }
    }
}
