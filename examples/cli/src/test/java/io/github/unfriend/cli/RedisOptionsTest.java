/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static io.github.unfriend.cli.Cli.against;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/** A quota that is shared over a real Redis, and what is said about wrong addresses. */
@Timeout(60)
class RedisOptionsTest {

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private Cli.Result delete(String redis) {
        return new Cli().in("alice,bob\n").run(against(sandbox, "delete", "--pairs", "-", "--redis", redis));
    }

    @Test
    void theCommandLeasesItsCalls() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RedisServer redis = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        try {
            sandbox.friends().befriend("alice", "bob");
            Cli.Result result = delete("redis://127.0.0.1:" + port);
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(sandbox.friends().total()).isZero();
            assertThat(status("redis://127.0.0.1:" + port).out())
                    .contains("friend_delete: ", "friend_delete_all: nobody holds anything.");
        } finally {
            redis.stop();
        }
    }

    private static Cli.Result status(String redis) {
        return new Cli().run("redis", "status", "--sdk-app-id", "1400000000", "--redis", redis);
    }

    @Test
    void statusSaysWhereRedisIsNot() {
        Cli.Result result = status("redis://127.0.0.1:1");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("Redis does not answer", "127.0.0.1");
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotEchoed() {
        Cli.Result result = delete("redis://user:hidden-password@localhost:6379");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("UNFRIEND_REDIS_PASSWORD").doesNotContain("hidden-password");
    }

    @Test
    void whatIsNoAddressIsRefused() {
        Cli.Result result = delete("localhost:6379");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("redis://host:6379");
    }
}
