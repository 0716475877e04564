/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.UserSig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unfriend usersig}. */
@Command(
        name = "usersig",
        description = "Prints a UserSig for the administrator. Whoever has it can call the service until it expires.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UserSigCommand implements Callable<Integer> {

    private final Env env;

    @Option(
            names = "--lifetime",
            paramLabel = "TIME",
            defaultValue = "1d",
            converter = Durations.class,
            description = "How long it counts, such as 1h or 7d (default: ${DEFAULT-VALUE}).")
    private Duration lifetime = Duration.ofDays(1);

    @Mixin
    private SecretKeyOptions key = new SecretKeyOptions();

    UserSigCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws IOException {
        UserSig userSig = key.credentials(env).sign(Clock.systemUTC().instant(), lifetime);
        env.out().write((userSig.value() + "\n").getBytes(StandardCharsets.US_ASCII));
        env.out().flush();
        return ExitCodes.OK;
    }
}
