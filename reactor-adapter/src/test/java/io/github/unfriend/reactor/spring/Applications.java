/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Small applications with nothing but the auto-configuration. */
final class Applications {

    static final String KEY = SandboxOptions.SECRET_KEY;

    private Applications() {}

    static ApplicationContextRunner empty() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        UnfriendAutoConfiguration.class, UnfriendHealthContributorAutoConfiguration.class));
    }

    /** With the four properties. */
    static ApplicationContextRunner configured() {
        return withCaller(empty()).withPropertyValues("unfriend.region=singapore");
    }

    static ApplicationContextRunner against(Sandbox sandbox) {
        return withCaller(empty()).withPropertyValues("unfriend.endpoint=" + sandbox.uri());
    }

    private static ApplicationContextRunner withCaller(ApplicationContextRunner runner) {
        return runner.withPropertyValues(
                "unfriend.sdk-app-id=" + SandboxOptions.SDK_APP_ID,
                "unfriend.administrator=" + SandboxOptions.ADMINISTRATOR,
                "unfriend.secret-key=" + KEY);
    }
}
