/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.Friendship;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

/**
 * Has the application read and write friendships and results as the command and the example application do: {@code
 * {"from":"alice","to":"bob"}}, and with the results {@code "outcome":"deleted","code":0,"info":""}. Boot adds the module to
 * its {@code JsonMapper}. {@code unfriend.json=false} switches it off; then Jackson writes the components of the records by
 * their names.
 */
@AutoConfiguration
@ConditionalOnClass({JacksonModule.class, Friendship.class})
@ConditionalOnBooleanProperty(name = "unfriend.json", matchIfMissing = true)
public final class UnfriendJacksonAutoConfiguration {

    /** For Boot only. */
    public UnfriendJacksonAutoConfiguration() {}

    @Bean
    JacksonModule unfriendJacksonModule() {
        SimpleModule module = new SimpleModule("unfriend");
        JsonLines.addTo(module);
        return module;
    }
}
