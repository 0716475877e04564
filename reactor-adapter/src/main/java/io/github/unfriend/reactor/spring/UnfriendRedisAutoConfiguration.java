/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.redis.RedisPacer;
import io.github.unfriend.reactor.redis.RedisPacerBuilder;
import io.github.unfriend.reactor.redis.RedisPacerMeters;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Shares the quota with other processes when {@code unfriend.redis.enabled} is true. It calls the Redis of {@code
 * unfriend.redis.uri}; without it that of the application's own {@code RedisClient} or {@code RedisClusterClient} bean,
 * or that of the connection factory of Spring Data Redis. A {@link Pacer} bean replaces it.
 */
@AutoConfiguration(
        before = UnfriendAutoConfiguration.class,
        afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(RedisClient.class)
@ConditionalOnBooleanProperty(name = "unfriend.redis.enabled")
@EnableConfigurationProperties({UnfriendProperties.class, UnfriendRedisProperties.class})
public final class UnfriendRedisAutoConfiguration {

    /** For Boot only. */
    public UnfriendRedisAutoConfiguration() {}

    @Bean(destroyMethod = "dispose")
    @ConditionalOnMissingBean(Pacer.class)
    RedisPacer unfriendRedisPacer(
            UnfriendProperties gateway,
            UnfriendRedisProperties redis,
            ObjectProvider<AbstractRedisClient> clients,
            ObjectProvider<ClientOfSpringData> ofSpringData) {
        Long sdkAppId = gateway.sdkAppId();
        return builder(redis, clients, ofSpringData)
                .sdkAppId(sdkAppId == null ? 0 : sdkAppId)
                .callsPerSecond(gateway.callsPerSecond())
                .processes(redis.processes())
                .fallbackCallsPerSecond(redis.fallbackCallsPerSecond())
                .keyPrefix(redis.keyPrefix())
                .build();
    }

    /** Gives a client of Lettuce that somebody else owns. */
    @FunctionalInterface
    interface ClientOfSpringData {
        AbstractRedisClient get();
    }

    /** What Boot configures by {@code spring.data.redis.*}, standalone, Sentinel, Cluster and TLS alike. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(LettuceConnectionFactory.class)
    static class SpringData {

        @Bean
        @ConditionalOnBean(LettuceConnectionFactory.class)
        ClientOfSpringData unfriendClientOfSpringData(ObjectProvider<LettuceConnectionFactory> factories) {
            return () -> factories.getObject().getRequiredNativeClient();
        }
    }

    /** Boot binds the bean to the application's registry. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {

        @Bean
        MeterBinder unfriendRedisPacerMeters(ObjectProvider<RedisPacer> pacers) {
            return registry -> pacers.orderedStream().forEach(pacer -> new RedisPacerMeters(pacer).bindTo(registry));
        }
    }

    private static RedisPacerBuilder builder(
            UnfriendRedisProperties redis,
            ObjectProvider<AbstractRedisClient> clients,
            ObjectProvider<ClientOfSpringData> ofSpringData) {
        if (redis.uri() == null) {
            AbstractRedisClient client = clients.getIfAvailable();
            return builder(client != null ? client : springData(ofSpringData).get());
        }
        RedisURI uri = RedisURI.create(redis.uri());
        String password = redis.password();
        if (password != null) {
            uri = RedisURI.builder(uri).withPassword((CharSequence) password).build();
        }
        return RedisPacer.builder(uri);
    }

    private static RedisPacerBuilder builder(AbstractRedisClient client) {
        return client instanceof RedisClusterClient cluster
                ? RedisPacer.builder(cluster)
                : RedisPacer.builder((RedisClient) client);
    }

    private static ClientOfSpringData springData(ObjectProvider<ClientOfSpringData> ofSpringData) {
        ClientOfSpringData client = ofSpringData.getIfAvailable();
        if (client == null) {
            throw new UnusablePropertiesException(
                    List.of(
                            "unfriend.redis.enabled is true, but nothing says where Redis is:"
                                    + " set unfriend.redis.uri, or add a bean of Lettuce's RedisClient or of a LettuceConnectionFactory"));
        }
        return client;
    }
}
