/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** Promise 6: it tells nothing. {@link SecretWatch} reads the logs of the whole suite as well. */
@Tag("promise-6")
class SecretsTest {

    private static final String ALL_FAULTS = "reset-before=0.1,reset-after=0.1,bad-gateway=0.1,html=0.1,cut=0.1,"
            + "garbage=0.1,code:30006=0.1,code:60007=0.05,stall=0.05,omit=0.05";

    /** Few attempts, and little patience: everything may go wrong, and the test is to end. */
    private static FriendGatewayBuilder soonGivingUp(Sandbox sandbox) {
        return Sandboxes.gatewayTo(sandbox)
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .maxAttempts(2)
                        .build())
                .callTimeout(Duration.ofMillis(300));
    }

    private static Flux<Friendship> aHundred(Sandbox sandbox) {
        sandbox.friends().generate(100, 1);
        return Flux.range(0, 100).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"));
    }

    @Test
    void neitherLogsNorErrorsHoldKeyOrSignatureWhateverGoesWrong() {
        Queue<Throwable> causes = new ConcurrentLinkedQueue<>();
        long readBefore = SecretWatch.READ.get();
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.misbehave(FaultPlan.parse(ALL_FAULTS, 11));
            FriendGateway gateway = soonGivingUp(sandbox)
                    .httpClient(client -> client.doOnError(
                            (request, error) -> causes.add(error), (response, error) -> causes.add(error)))
                    .build();
            Flux<Friendship> pairs = aHundred(sandbox);
            Sandboxes.await(gateway.delete(DeleteType.SINGLE, pairs))
                    .forEach(item ->
                            assertThat(SecretWatch.secretIn(item.toString())).isNull());
            sandbox.misbehave(FaultPlan.parse("code:70009=1", 1));
            gateway.delete(DeleteType.SINGLE, pairs)
                    .doOnError(causes::add)
                    .onErrorComplete()
                    .blockLast();
            assertThat(SecretWatch.secretIn(gateway.toString())).isNull();
            assertThat(SecretWatch.secretIn(gateway.pacer().toString())).isNull();
            gateway.dispose();
        }
        assertThat(causes).hasSizeGreaterThan(10);
        for (Throwable cause : causes) {
            StringWriter text = new StringWriter();
            cause.printStackTrace(new PrintWriter(text));
            assertThat(SecretWatch.secretIn(text.toString())).isNull();
        }
        assertThat(SecretWatch.READ.get() - readBefore).as("lines watched").isGreaterThan(1000);
    }

    @Test
    void neitherMetersNorObservationsHoldSecretsAccountsOrAddresses() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ObservationRegistry observations = ObservationRegistry.create();
        Queue<String> observed = new ConcurrentLinkedQueue<>();
        observations.observationConfig().observationHandler(new ObservationTextPublisher(observed::add));
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.misbehave(FaultPlan.parse(ALL_FAULTS, 12));
            FriendGateway gateway = soonGivingUp(sandbox)
                    .observationRegistry(observations)
                    .meterRegistry(meters)
                    .build();
            Sandboxes.await(gateway.delete(DeleteType.SINGLE, aHundred(sandbox)));
            String shown = meters.scrape() + observed;
            assertThat(shown).contains("unfriend_accounts_total", "outcome=\"no_answer\"", "unfriend.call");
            assertThat(shown)
                    .doesNotContain(
                            "owner-",
                            "friend-0",
                            "127.0.0.1",
                            "/v4/",
                            sandbox.uri().toString());
            assertThat(SecretWatch.secretIn(shown)).isNull();
            gateway.dispose();
        }
    }

    @Test
    void theBuilderAndItsErrorsTellNothing() {
        FriendGatewayBuilder builder = FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .endpoint(URI.create("https://user:" + SandboxOptions.SECRET_KEY + "@host"));
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(refused -> {
                    StringWriter text = new StringWriter();
                    refused.printStackTrace(new PrintWriter(text));
                    assertThat(SecretWatch.secretIn(text.toString())).isNull();
                });
    }

    @Test
    void theWatchBites() {
        LoggerFactory.getLogger("some.logger").trace("POST /v4/sns/friend_delete?usersig=eJx");
        LoggerFactory.getLogger("some.logger").trace("oops", new IllegalStateException(SandboxOptions.SECRET_KEY));
        assertThat(Guards.FOUND).hasSize(2).allMatch(found -> found.startsWith("secret logged by some.logger"));
        Guards.FOUND.clear();
    }
}
