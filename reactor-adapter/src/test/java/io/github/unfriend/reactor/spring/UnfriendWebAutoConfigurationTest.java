/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import reactor.netty.http.server.HttpServerResponse;

/** Who is given the filter for streamed answers. */
class UnfriendWebAutoConfigurationTest {

    private final ReactiveWebApplicationContextRunner empty = new ReactiveWebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(UnfriendAutoConfiguration.class, UnfriendWebAutoConfiguration.class));
    private final ReactiveWebApplicationContextRunner configured = empty.withPropertyValues(
            "unfriend.sdk-app-id=1400000000",
            "unfriend.administrator=administrator",
            "unfriend.secret-key=key",
            "unfriend.region=singapore");

    @Test
    void aWebApplicationWithAGatewayHasIt() {
        configured.run(context -> assertThat(context).hasSingleBean(SteadyAnswers.class));
    }

    @Test
    void oneOfTheApplicationsOwnReplacesIt() {
        configured
                .withBean("own", SteadyAnswers.class)
                .run(context ->
                        assertThat(context).hasSingleBean(SteadyAnswers.class).hasBean("own"));
    }

    @Test
    void othersDoNot() {
        empty.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SteadyAnswers.class));
        configured
                .withPropertyValues("unfriend.steady-answers=false")
                .run(context -> assertThat(context).doesNotHaveBean(SteadyAnswers.class));
        configured
                .withClassLoader(new FilteredClassLoader(HttpServerResponse.class))
                .run(context -> assertThat(context).doesNotHaveBean("unfriendSteadyAnswers"));
        Applications.configured().run(context -> assertThat(context).doesNotHaveBean(SteadyAnswers.class));
    }
}
