/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Api;
import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.output.AccountSet;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unfriend demo}. */
@Command(
        name = "demo",
        description =
                "Starts the sandbox, gives it friend lists, deletes them all over real HTTP, and says what the server"
                        + " saw. Needs no account and no network.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit code 0 if every promise was kept, 1 otherwise."})
final class DemoCommand implements Callable<Integer> {

    private static final int MOST_FRIENDSHIPS = 20_000_000;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private final Env env;

    @Option(
            names = "--owners",
            paramLabel = "N",
            defaultValue = "100",
            description = "Accounts with friends (default: ${DEFAULT-VALUE}).")
    private int owners = 100;

    @Option(
            names = "--friends",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Friends of each (default: ${DEFAULT-VALUE}).")
    private int friends = 1000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Calls a second, kept to by the client and judged by the server (default: ${DEFAULT-VALUE}, so that"
                            + " there is something to watch; the service allows 200).")
    private int rate = 20;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Makes the order repeatable.")
    private long seed = 1;

    DemoCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        if (owners < 1 || friends < 1 || (long) owners * friends > MOST_FRIENDSHIPS) {
            throw new BadInputException(String.format(
                    Locale.ROOT, "--owners and --friends make 1 to %,d friendships together.", MOST_FRIENDSHIPS));
        }
        if (rate < 1 || rate > 200) {
            throw new BadInputException("--rate must be 1 to 200, the limit of the service.");
        }
        PrintStream out = env.err();
        SandboxOptions options = SandboxOptions.builder()
                .callsPerSecond(rate)
                .latency(Duration.ofMillis(20), Duration.ofMillis(30))
                .seed(seed)
                .build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            sandbox.friends().generate(owners, friends);
            sandbox.resetScore();
            long total = sandbox.friends().total();
            out.printf(
                    Locale.ROOT,
                    "A sandbox plays the service at %s: %,d owners with %,d friends each, answers in 20 to 30 ms.%n"
                            + "Deleting all %,d friendships, given in random order, at %d calls a second (the service"
                            + " allows 200; with --owners 2000 --rate 200 you see full speed).%n",
                    sandbox.uri(),
                    owners,
                    friends,
                    total,
                    rate);
            FriendGateway gateway = FriendGateway.builder()
                    .credentials(Credentials.of(
                            SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, SandboxOptions.SECRET_KEY))
                    .endpoint(sandbox.uri())
                    .callsPerSecond(rate)
                    .callTimeout(CALL_TIMEOUT)
                    .build();
            try {
                return delete(sandbox, gateway, total);
            } finally {
                gateway.dispose();
            }
        }
    }

    private int delete(Sandbox sandbox, FriendGateway gateway, long total) {
        LineCheck lines = new LineCheck();
        Deletion deletion = new Deletion(env, Api.FRIEND_DELETE, DeleteType.SINGLE, gateway, new AccountSet());
        int code = deletion.run(
                () -> new ShuffledPairs(owners, friends, seed),
                total,
                lines,
                new Deletion.Manner(CALL_TIMEOUT, env.progressStyle(false, false), false, false));
        return code == ExitCodes.INTERRUPTED ? code : new Verdict(sandbox, lines, total, rate).print(env.err());
    }
}
