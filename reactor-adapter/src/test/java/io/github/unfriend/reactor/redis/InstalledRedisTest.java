/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same script in the Redis of the distribution, where one is installed: another version than the one brought along. */
@EnabledIf("isInstalled")
class InstalledRedisTest extends RedisQuotaTest {

    static boolean isInstalled() {
        return Files.isExecutable(Path.of(LocalRedis.INSTALLED));
    }

    @Override
    LocalRedis server() {
        return LocalRedis.installed();
    }

    private static String version(LocalRedis redis) {
        RedisClient client = RedisClient.create(redis.uri());
        try {
            return client.connect()
                    .sync()
                    .info("server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .findFirst()
                    .orElseThrow();
        } finally {
            client.shutdown();
        }
    }

    @Test
    void isAnotherVersion() {
        try (LocalRedis installed = LocalRedis.installed();
                LocalRedis broughtAlong = new LocalRedis()) {
            assertThat(version(installed)).isNotEqualTo(version(broughtAlong));
        }
    }
}
