/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.calls;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.spring.UnfriendProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway comes from {@code unfriend.*} properties; it takes the pacer that is here. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    @Bean(destroyMethod = "dispose")
    CallMeter callMeter(UnfriendProperties properties) {
        return new CallMeter(
                Pacer.builder().callsPerSecond(properties.callsPerSecond()).build());
    }
}
