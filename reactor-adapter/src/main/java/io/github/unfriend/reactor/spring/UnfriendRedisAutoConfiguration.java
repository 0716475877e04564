/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.redis.RedisPacer;
import io.github.unfriend.reactor.redis.RedisPacerBuilder;
import io.github.unfriend.reactor.redis.RedisPacerMeters;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shares the quota with other processes when {@code unfriend.redis.enabled} is true: over the application's own {@code
 * RedisClient} bean, or over {@code unfriend.redis.uri}. A {@link Pacer} bean replaces it.
 */
@AutoConfiguration(before = UnfriendAutoConfiguration.class)
@ConditionalOnClass(RedisClient.class)
@ConditionalOnBooleanProperty(name = "unfriend.redis.enabled")
@EnableConfigurationProperties({UnfriendProperties.class, UnfriendRedisProperties.class})
public final class UnfriendRedisAutoConfiguration {

    /** For Boot only. */
    public UnfriendRedisAutoConfiguration() {}

    @Bean(destroyMethod = "dispose")
    @ConditionalOnMissingBean(Pacer.class)
    RedisPacer unfriendRedisPacer(
            UnfriendProperties gateway, UnfriendRedisProperties redis, ObjectProvider<RedisClient> client) {
        Long sdkAppId = gateway.sdkAppId();
        return builder(redis, client)
                .sdkAppId(sdkAppId == null ? 0 : sdkAppId)
                .callsPerSecond(gateway.callsPerSecond())
                .processes(redis.processes())
                .fallbackCallsPerSecond(redis.fallbackCallsPerSecond())
                .keyPrefix(redis.keyPrefix())
                .build();
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

    private static RedisPacerBuilder builder(UnfriendRedisProperties redis, ObjectProvider<RedisClient> client) {
        if (redis.uri() == null) {
            return RedisPacer.builder(client.getObject());
        }
        RedisURI uri = RedisURI.create(redis.uri());
        String password = redis.password();
        if (password != null) {
            uri = RedisURI.builder(uri).withPassword((CharSequence) password).build();
        }
        return RedisPacer.builder(uri);
    }
}
