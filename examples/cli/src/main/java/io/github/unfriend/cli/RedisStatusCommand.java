/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Api;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.reactor.redis.RedisPacer;
import io.github.unfriend.reactor.redis.RedisQuota;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unfriend redis status}. */
@Command(
        name = "status",
        description = "Prints which processes hold how many of the calls a second of an app. Changes nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RedisStatusCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Env env;

    @Option(names = "--sdk-app-id", required = true, paramLabel = "N", description = "Whose quota it is.")
    private long sdkAppId;

    @Mixin
    private RedisOptions redis = new RedisOptions();

    RedisStatusCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws IOException {
        if (sdkAppId <= 0) {
            throw new BadInputException("--sdk-app-id must be more than 0.");
        }
        StringBuilder text = new StringBuilder();
        RedisPacer pacer = redis.overRedis(env, sdkAppId, 1);
        try {
            for (Api api : Api.values()) {
                describe(api, pacer.quota(api).blockOptional(PATIENCE).orElseThrow(), text);
            }
        } catch (RuntimeException e) {
            env.err().println("Redis does not answer: " + reason(e));
            return ExitCodes.FATAL;
        } finally {
            pacer.dispose();
        }
        env.out().write(text.toString().getBytes(StandardCharsets.UTF_8));
        env.out().flush();
        return ExitCodes.OK;
    }

    /** Lettuce says where it could not connect, and in the cause why. */
    private static String reason(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null || cause.getMessage() == null
                ? String.valueOf(error.getMessage())
                : error.getMessage() + ": " + cause.getMessage();
    }

    private static void describe(Api api, RedisQuota quota, StringBuilder text) {
        text.append(api.command()).append(": ");
        if (quota.holders().isEmpty()) {
            text.append("nobody holds anything.\n");
        } else {
            int held =
                    quota.holders().stream().mapToInt(RedisQuota.Holder::holds).sum();
            text.append(String.format(Locale.ROOT, "%d of %d calls a second are held.%n", held, quota.limit()));
        }
        if (!quota.pausedFor().isZero()) {
            text.append("  Nobody is to call for ")
                    .append(quota.pausedFor().toSeconds())
                    .append(" s.\n");
        }
        for (RedisQuota.Holder holder : quota.holders()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-40s holds %4d, wants %4d, for %.1f s%n",
                    holder.process(),
                    holder.holds(),
                    holder.wants(),
                    holder.expiresIn().toMillis() / 1e3));
        }
    }
}
