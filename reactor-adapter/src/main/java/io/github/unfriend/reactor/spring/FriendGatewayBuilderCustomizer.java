/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.FriendGatewayBuilder;

/**
 * Has the last word on the builder of the auto-configured gateway, for what properties cannot say: a proxy, TLS, a
 * clock. Any number of beans of this type, called in their order.
 */
@FunctionalInterface
public interface FriendGatewayBuilderCustomizer {

    /**
     * Changes the builder; called once, at start-up, on the thread that makes the bean.
     *
     * @param builder set from the properties
     */
    void customize(FriendGatewayBuilder builder);
}
