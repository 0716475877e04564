/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.micrometer;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Region;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.reactor.Readme;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.reactor.internal.micrometer.UnfriendMeter;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What a meter registry gets to see, without any observation registry. */
class MetersTest {

    private final Sandbox sandbox = Sandbox.start();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FriendGateway gateway = builder(registry).build();

    private FriendGatewayBuilder builder(MeterRegistry where) {
        return Sandboxes.gatewayTo(sandbox)
                .meterRegistry(where)
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .maxAttempts(2)
                        .build());
    }

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    private void delete(String... toAccounts) {
        await(gateway.delete("alice", DeleteType.SINGLE, Flux.just(toAccounts)));
    }

    @Test
    void accountsAreCountedByOutcomeAndCode() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol").addAccount("dave");
        delete("bob", "carol", "dave", "nobody", "");

        assertThat(accounts("deleted", "0")).isEqualTo(2);
        assertThat(accounts("not_friends", "31704")).isEqualTo(1);
        assertThat(accounts("failed", "30003")).isEqualTo(1);
        assertThat(accounts("failed", Integer.toString(LocalCode.INVALID_USER_ID)))
                .isEqualTo(1);
    }

    @Test
    void codesThatNobodyKnowsShareOneSeries() {
        sandbox.misbehave(FaultPlan.parse("code:54321=1", 1));
        delete("bob");
        sandbox.misbehave(FaultPlan.parse("code:54322=1", 1));
        delete("bob");
        assertThat(accounts("failed", "other")).isEqualTo(2);
    }

    @Test
    void accountsOfWhomNobodyKnowsAreCounted() {
        sandbox.misbehave(FaultPlan.parse("reset-after=1", 1));
        delete("bob");
        assertThat(accounts("unknown", Integer.toString(LocalCode.NO_ANSWER))).isEqualTo(1);
    }

    private double accounts(String outcome, String code) {
        return registry.get("unfriend.accounts")
                .tags("api", "friend_delete", "region", "custom", "outcome", outcome, "code", code)
                .counter()
                .count();
    }

    @Test
    void callsAndTheirWaitAreTimed() {
        sandbox.friends().befriend("alice", "bob");
        sandbox.misbehave(FaultPlan.parse("latency=50-60ms", 1));
        delete("bob");
        assertThat(registry.get("unfriend.call")
                        .tags("api", "friend_delete", "outcome", "answered", "error.category", "none")
                        .timer()
                        .mean(TimeUnit.MILLISECONDS))
                .isBetween(50.0, 5_000.0);
        assertThat(registry.get("unfriend.pacer.wait")
                        .tag("api", "friend_delete")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theWaitIsTheTimeInTheQueue() {
        gateway.pacer().pause(Api.FRIEND_DELETE, Duration.ofMillis(300));
        delete("bob");
        assertThat(registry.get("unfriend.pacer.wait")
                        .tag("api", "friend_delete")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isBetween(100.0, 20_000.0);
    }

    @Test
    void gaugesShowTheStateOfPacerAndBudget() {
        assertThat(gauge("unfriend.pacer.limit")).isEqualTo(200);
        assertThat(gauge("unfriend.pacer.pause")).isZero();
        assertThat(registry.get("unfriend.retry.budget").gauge().value()).isEqualTo(500);

        gateway.pacer().slowDown(Api.FRIEND_DELETE);
        gateway.pacer().pause(Api.FRIEND_DELETE, Duration.ofMillis(900));
        assertThat(gauge("unfriend.pacer.limit")).isLessThan(200);
        assertThat(gauge("unfriend.pacer.pause")).isBetween(0.0, 0.9);
    }

    @Test
    void gaugesShowCallsThatWaitAndThatAreUnderWay() {
        sandbox.misbehave(FaultPlan.parse("stall=1", 1));
        Disposable stalled =
                gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")).subscribe();
        Sandboxes.eventually(() -> gauge("unfriend.pacer.in.flight") == 1);
        gateway.pacer().pause(Api.FRIEND_DELETE, Duration.ofMillis(900));
        Disposable waiting =
                gateway.delete("carol", DeleteType.SINGLE, Flux.just("bob")).subscribe();
        Sandboxes.eventually(() -> gauge("unfriend.pacer.waiting") == 1);
        waiting.dispose();
        stalled.dispose();
        Sandboxes.eventually(() -> gauge("unfriend.pacer.waiting") == 0);
    }

    private double gauge(String name) {
        return registry.get(name).tag("api", "friend_delete").gauge().value();
    }

    @Test
    void repetitionsAreTakenFromTheBudget() {
        sandbox.misbehave(FaultPlan.parse("reset-before=1", 1));
        delete("bob");
        assertThat(registry.get("unfriend.retry.budget").gauge().value()).isEqualTo(499);
    }

    @Test
    void aClosedGatewayShowsNoStateAnyMore() {
        gateway.disposeLater(Duration.ZERO).block();
        assertThat(registry.find("unfriend.pacer.limit").gauges()).isEmpty();
        assertThat(registry.find("unfriend.retry.budget").gauges()).isEmpty();
    }

    @Test
    void gatewaysOfOneAppStandSideBySideWhicheverClosesFirst() {
        FriendGateway second = builder(registry).callsPerSecond(7).build();
        FriendGateway third = builder(registry).callsPerSecond(8).build();
        assertThat(limits()).containsExactly(Map.entry("1", 200.0), Map.entry("2", 7.0), Map.entry("3", 8.0));
        second.disposeLater(Duration.ZERO).block();
        assertThat(limits()).containsExactly(Map.entry("1", 200.0), Map.entry("3", 8.0));
        FriendGateway next = builder(registry).callsPerSecond(9).build();
        assertThat(limits()).containsExactly(Map.entry("1", 200.0), Map.entry("2", 9.0), Map.entry("3", 8.0));
        assertThat(registry.find("unfriend.retry.budget").gauges()).hasSize(3);
        third.disposeLater(Duration.ZERO).block();
        next.disposeLater(Duration.ZERO).block();
        assertThat(limits()).containsExactly(Map.entry("1", 200.0));
    }

    private Map<String, Double> limits() {
        Map<String, Double> limits = new TreeMap<>();
        registry.get("unfriend.pacer.limit")
                .tag("api", "friend_delete")
                .gauges()
                .forEach(gauge -> limits.put(String.valueOf(gauge.getId().getTag("gateway")), gauge.value()));
        return limits;
    }

    @Test
    void gatewaysOfTwoAppsStandSideBySide() {
        FriendGateway other = FriendGateway.builder()
                .credentials(Credentials.of(1_400_009_999, "administrator", "key"))
                .region(Region.TOKYO)
                .callsPerSecond(9)
                .meterRegistry(registry)
                .build();
        assertThat(registry.get("unfriend.pacer.limit")
                        .tags("api", "friend_delete", "region", "tokyo", "sdk.app.id", "1400009999")
                        .gauge()
                        .value())
                .isEqualTo(9);
        assertThat(registry.get("unfriend.pacer.limit").gauges()).hasSize(4);
        other.dispose();
    }

    @Test
    void everyMeterIsDocumentedAndEveryDocumentedMeterIsThere() {
        sandbox.friends().befriend("alice", "bob");
        delete("bob");

        for (UnfriendMeter documented : UnfriendMeter.values()) {
            assertThat(registry.find(documented.getName()).meters())
                    .as(documented.getName())
                    .isNotEmpty()
                    .allSatisfy(meter -> {
                        assertThat(meter.getId().getType()).isEqualTo(documented.getType());
                        assertThat(meter.getId().getDescription()).isEqualTo(documented.description());
                        assertThat(tagNames(meter)).containsExactlyInAnyOrderElementsOf(documentedTags(documented));
                    });
        }
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .filteredOn(name -> !name.endsWith(".histogram")) // how this registry shows buckets
                .isSubsetOf(Arrays.stream(UnfriendMeter.values())
                        .map(UnfriendMeter::getName)
                        .toList());
    }

    private static List<String> tagNames(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).toList();
    }

    private static List<String> documentedTags(UnfriendMeter meter) {
        List<String> names = new ArrayList<>();
        for (KeyName key : meter.getKeyNames()) {
            names.add(key.asString());
        }
        return names;
    }

    @Test
    void theTableOfTheReadmeIsTheDocumentation() {
        List<List<String>> rows = Readme.rows("`unfriend\\.[a-z.]+`");
        assertThat(rows)
                .extracting(cells -> cells.get(0))
                .containsExactlyElementsOf(Arrays.stream(UnfriendMeter.values())
                        .map(meter -> "`" + meter.getName() + "`")
                        .toList());
        Iterator<List<String>> inOrder = rows.iterator();
        for (UnfriendMeter meter : UnfriendMeter.values()) {
            List<String> row = inOrder.next();
            assertThat(row.get(1)).startsWith(meter.getType().name().toLowerCase(Locale.ROOT));
            assertThat(row.get(2).replace("`", "").split(" "))
                    .as(meter.getName())
                    .filteredOn(tag -> !tag.isEmpty())
                    .containsExactlyInAnyOrderElementsOf(documentedTags(meter).stream()
                            .filter(tag -> !tag.equals("region") && !tag.equals("sdk.app.id"))
                            .toList());
        }
    }

    @Test
    void prometheusGetsHistograms() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        sandbox.friends().befriend("alice", "bob");
        FriendGateway shown = builder(prometheus).build();
        await(shown.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
        assertThat(prometheus.scrape())
                .containsPattern("unfriend_call_seconds_bucket\\{.*outcome=\"answered\".*le=\"0.1\"")
                .containsPattern("unfriend_pacer_wait_seconds_bucket\\{.*le=\"")
                .contains("unfriend_accounts_total{")
                .contains("unfriend_pacer_limit_calls{")
                .contains("unfriend_pacer_pause_seconds{")
                .contains("unfriend_retry_budget_tokens{");
        shown.dispose();
    }
}
