/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.redis.RedisPacer;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the quota is shared with other processes. */
final class RedisOptions {

    private static final String PASSWORD = "UNFRIEND_REDIS_PASSWORD";

    @Option(
            names = "--redis",
            paramLabel = "URI",
            description = "Shares --rate with other processes over this Redis: redis://host:6379 or rediss://host. The"
                    + " password comes from " + PASSWORD
                    + " or --redis-password-file. While Redis is away, calls wait.")
    private @Nullable String uri;

    @Option(
            names = "--redis-password-file",
            paramLabel = "FILE",
            description = "Its first line is the password of Redis.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--redis-key-prefix",
            paramLabel = "NAME",
            defaultValue = "unfriend",
            description = "What its keys begin with (default: ${DEFAULT-VALUE}).")
    private String keyPrefix = "unfriend";

    /** A pacer for this process. */
    Pacer pacer(Env env, long sdkAppId, int rate) {
        return uri == null ? Pacer.builder().callsPerSecond(rate).build() : overRedis(env, sdkAppId, rate);
    }

    /** A pacer over Redis, even if only to look at what others hold. */
    RedisPacer overRedis(Env env, long sdkAppId, int rate) {
        if (uri == null) {
            throw new BadInputException("Say where Redis is: --redis redis://host:6379.");
        }
        return RedisPacer.builder(parsed(uri, env))
                .sdkAppId(sdkAppId)
                .callsPerSecond(rate)
                .keyPrefix(keyPrefix)
                .build();
    }

    private RedisURI parsed(String text, Env env) {
        RedisURI parsed;
        try {
            parsed = RedisURI.create(text);
        } catch (IllegalArgumentException e) { // its message may hold a password
            throw new BadInputException("--redis is no URI of a Redis; it looks like redis://host:6379.");
        }
        if (text.matches("[a-z+]+://[^@/]*:[^@/]+@.*")) {
            throw new BadInputException("Keep the password out of --redis, where others can see it: put it into "
                    + PASSWORD + " or a file for --redis-password-file.");
        }
        String password = password(env);
        return password == null
                ? parsed
                : RedisURI.builder(parsed).withPassword((CharSequence) password).build();
    }

    private @Nullable String password(Env env) {
        if (passwordFile == null) {
            return env.variables().apply(PASSWORD);
        }
        try {
            return Files.readAllLines(passwordFile).stream().findFirst().orElse("");
        } catch (IOException e) {
            throw new BadInputException("Cannot read " + passwordFile + ".", e);
        }
    }
}
