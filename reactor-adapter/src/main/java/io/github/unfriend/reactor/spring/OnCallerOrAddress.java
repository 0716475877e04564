/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Somebody has begun to say who calls, or whom. Figures alone do not count: they may be there for every profile. */
final class OnCallerOrAddress extends AnyNestedCondition {

    OnCallerOrAddress() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("unfriend.sdk-app-id")
    static final class SdkAppId {}

    @ConditionalOnProperty("unfriend.administrator")
    static final class Administrator {}

    @ConditionalOnProperty("unfriend.secret-key")
    static final class SecretKey {}

    @ConditionalOnProperty("unfriend.region")
    static final class Region {}

    @ConditionalOnProperty("unfriend.endpoint")
    static final class Endpoint {}
}
