/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.RetryPolicy;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * A {@link FriendGateway} bean from the {@code unfriend.*} properties, and a {@link FriendGatewayBuilder} for more of them.
 * Every gateway that is a bean is closed gracefully with the context.
 *
 * <p>It stays away when the application has a gateway of its own, when {@code unfriend.enabled} is false, and when none
 * of the properties that say who calls whom is set: then this library is used in another way, or not at all, and asking
 * for a gateway is answered with what to set. As soon as one of them is there, the others have to be.
 *
 * <p>A {@link Pacer} or {@link RetryPolicy} bean is used instead of the figures of the properties, and every {@link
 * FriendGatewayBuilderCustomizer} has its word after them. Event loops are not shared with the web server: the gateway
 * paces on the one loop that writes, and whatever else ran there would make calls late.
 */
@AutoConfiguration
public final class UnfriendAutoConfiguration {

    /** For Boot only. */
    public UnfriendAutoConfiguration() {}

    /** The gateway and its end. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "unfriend.enabled", matchIfMissing = true)
    @Conditional(OnCallerOrAddress.class)
    @ConditionalOnMissingBean(FriendGateway.class)
    @EnableConfigurationProperties(UnfriendProperties.class)
    static class GatewayConfiguration {

        @Bean(destroyMethod = "dispose")
        FriendGateway friendGateway(
                UnfriendProperties properties,
                ObjectProvider<Pacer> pacer,
                ObjectProvider<RetryPolicy> retry,
                ObjectProvider<FriendGatewayBuilderCustomizer> customizers) {
            // Two of a kind and none of them primary is an error: a pacer left out would be a limit that is not kept.
            Pacer bean = pacer.getIfAvailable();
            FriendGatewayBuilder builder = PropertyReader.builderFrom(properties, bean != null);
            if (bean != null) {
                builder.pacer(bean);
            }
            retry.ifAvailable(builder::retry);
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            return builder.build();
        }
    }

    /** For applications with several SDKAppIDs, or with a gateway that properties cannot describe. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "unfriend.enabled", matchIfMissing = true)
    @EnableConfigurationProperties(UnfriendProperties.class)
    static class OwnGatewaysConfiguration {

        /**
         * A new one for each that asks. It has the figures and the retries of the properties and what the customizers add,
         * such as registries; whose calls they are and where they go is still to be said. A {@link Pacer} bean is not
         * used: the quota belongs to one SDKAppID.
         */
        @Bean
        @Scope(BeanDefinition.SCOPE_PROTOTYPE)
        @ConditionalOnMissingBean
        FriendGatewayBuilder friendGatewayBuilder(
                UnfriendProperties properties,
                ObjectProvider<RetryPolicy> retry,
                ObjectProvider<FriendGatewayBuilderCustomizer> customizers) {
            FriendGatewayBuilder builder = PropertyReader.figuresFrom(properties);
            retry.ifAvailable(builder::retry);
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            return builder;
        }

        @Bean
        GatewayLifecycle friendGatewayLifecycle(UnfriendProperties properties, ConfigurableApplicationContext context) {
            return new GatewayLifecycle(properties.shutdownTimeout(), context);
        }
    }

    /** The actuator tells nothing, also when it is told to show values. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class SecretKeyConfiguration {

        /** The URI of Redis may have a password in it. */
        private static final Set<String> SECRETS =
                Set.of("unfriendsecretkey", "unfriendredispassword", "unfriendredisuri");

        @Bean
        SanitizingFunction unfriendSecretKeySanitizingFunction() {
            return SanitizingFunction.sanitizeValue().ifKeyMatches(SecretKeyConfiguration::isSecretKey);
        }

        /** In whichever way it is written: unfriend.secret-key, unfriend.secretKey, UNFRIEND_SECRET_KEY. */
        private static boolean isSecretKey(String property) {
            return SECRETS.contains(property.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT));
        }
    }
}
