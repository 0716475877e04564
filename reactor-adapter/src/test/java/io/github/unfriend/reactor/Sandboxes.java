/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.Credentials;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gateways that talk to a sandbox over a real socket. */
public final class Sandboxes {

    public static final Credentials CREDENTIALS =
            Credentials.of(SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, SandboxOptions.SECRET_KEY);

    private Sandboxes() {}

    /** What a Mono ends with; tests may block, their threads are no event loops. */
    public static <T> T await(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Duration.ofSeconds(30)), "ended empty");
    }

    public static <T> List<T> await(Flux<T> flux) {
        return await(flux.collectList());
    }

    /** Waits until something holds that another thread brings about; fails after a time that no busy machine needs. */
    public static void eventually(BooleanSupplier condition) {
        for (int i = 0; i < 2000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Mono.delay(Duration.ofMillis(10)).block();
        }
        throw new AssertionError("did not come about within 20 s");
    }

    public static FriendGatewayBuilder gatewayTo(Sandbox sandbox) {
        return FriendGateway.builder().credentials(CREDENTIALS).endpoint(sandbox.uri());
    }
}
