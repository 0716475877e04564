/* SPDX-License-Identifier: Apache-2.0 */
package readme;

import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.redis.RedisPacer;

/** The example of the README for several processes; {@link ReadmeTest} keeps the two alike. */
final class Share {

    private Share() {}

    static FriendGateway share(FriendGatewayBuilder builder, String redis) {
        // [readme]
        Pacer pacer = RedisPacer.builder(redis).sdkAppId(1400000000).build(); // redis://host:6379
        FriendGateway gateway = builder.pacer(pacer).build();
        // [/readme]
        return gateway;
    }
}
