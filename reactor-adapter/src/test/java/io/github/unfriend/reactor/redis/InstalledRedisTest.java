/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same script in the Redis of the distribution, where one is installed: most often another version. */
@EnabledIf("isInstalled")
class InstalledRedisTest extends RedisQuotaTest {

    static boolean isInstalled() {
        return Files.isExecutable(Path.of(LocalRedis.INSTALLED));
    }

    @Override
    LocalRedis server() {
        return LocalRedis.installed();
    }
}
