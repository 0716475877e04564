/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.FriendGateway;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeReactiveHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * The health of every {@link FriendGateway} bean, under {@code unfriend}; {@code management.health.unfriend.enabled}
 * switches it off.
 */
@AutoConfiguration(after = UnfriendAutoConfiguration.class)
@ConditionalOnClass({ReactiveHealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(FriendGateway.class)
@ConditionalOnEnabledHealthIndicator("unfriend")
public final class UnfriendHealthContributorAutoConfiguration
        extends CompositeReactiveHealthContributorConfiguration<GatewayHealthIndicator, FriendGateway> {

    /** For Boot only. */
    public UnfriendHealthContributorAutoConfiguration() {
        super(GatewayHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"unfriendHealthIndicator", "unfriendHealthContributor"})
    ReactiveHealthContributor unfriendHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        return createContributor(beanFactory, FriendGateway.class);
    }
}
