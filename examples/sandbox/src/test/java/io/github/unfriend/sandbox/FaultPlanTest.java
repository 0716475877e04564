/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans are repeatable, hit as often as asked, and can be read from text. */
class FaultPlanTest {

    private static final String ALL = "reset-before=0.04,reset-after=0.04,bad-gateway=0.04,bad-gateway-after=0.01,"
            + "cut=0.03,truncated=0.02,garbage=0.02,html=0.02,code:30006=0.04,code:30008=0.02,drip=0.02,stall=0.005,"
            + "stall-after=0.005,item:30006=0.1,item:31707=0.1,omit=0.05,latency=20-30ms,close-after=100,conflict,"
            + "from:bad=30003,batch:poison=30001,account:gone=30003";

    private static CallInfo call(Api api, long number, String... to) {
        return new CallInfo(api, number, "from", List.of(to), 1, 0);
    }

    private static List<String> run(FaultPlan plan, Api api, int calls) {
        return IntStream.rangeClosed(1, calls)
                .mapToObj(number -> shown(plan, api, number))
                .toList();
    }

    private static String shown(FaultPlan plan, Api api, int number) {
        Fault fault = plan.decide(call(api, number, "a", "b", "gone"));
        return fault + " " + fault.itemCode("a") + " " + fault.itemCode("gone") + " " + fault.omits("b") + " "
                + fault.delayNanos();
    }

    @Test
    void theSameSeedGivesTheSameFaultsWhateverTheOrder() {
        List<String> once = run(FaultPlan.parse(ALL, 7), Api.FRIEND_DELETE, 500);
        assertThat(run(FaultPlan.parse(ALL, 7), Api.FRIEND_DELETE, 500)).isEqualTo(once);
        assertThat(run(FaultPlan.parse(ALL, 8), Api.FRIEND_DELETE, 500)).isNotEqualTo(once);
        assertThat(run(FaultPlan.parse(ALL, 7), Api.FRIEND_DELETE_ALL, 500)).isNotEqualTo(once);
        FaultPlan plan = FaultPlan.parse(ALL, 7);
        for (int number = 500; number > 0; number--) {
            assertThat(shown(plan, Api.FRIEND_DELETE, number)).isEqualTo(once.get(number - 1));
        }
    }

    @Test
    void faultsHitAsOftenAsAsked() {
        FaultPlan plan = FaultPlan.parse(ALL, 3);
        int calls = 20_000;
        Map<String, Long> hits = IntStream.rangeClosed(1, calls)
                .mapToObj(number -> plan.decide(call(Api.FRIEND_DELETE, number)).toString())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(hits.getOrDefault("RESET_BEFORE", 0L) / (double) calls).isBetween(0.035, 0.045);
        assertThat(hits.getOrDefault("CODE 30006", 0L) / (double) calls).isBetween(0.035, 0.045);
        assertThat(hits.getOrDefault("STALL", 0L) / (double) calls).isBetween(0.003, 0.007);
        assertThat(hits.getOrDefault("NONE", 0L) / (double) calls).isBetween(0.68, 0.70);
        assertThat(hits).hasSize(14);
    }

    @Test
    void itemFaultsHitAsOftenAsAsked() {
        FaultPlan plan = FaultPlan.seeded(1).withItemCode(30006, 0.1).withOmittedItems(0.2);
        String[] accounts =
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toArray(String[]::new);
        Fault fault = plan.decide(call(Api.FRIEND_DELETE, 1, accounts));
        assertThat(IntStream.range(0, 20_000)
                        .filter(i -> fault.itemCode(accounts[i]) == 30006)
                        .count())
                .isBetween(1850L, 2150L);
        assertThat(IntStream.range(0, 20_000)
                        .filter(i -> fault.omits(accounts[i]))
                        .count())
                .isBetween(3800L, 4200L);
    }

    @Test
    void latenciesStayInTheirBounds() {
        FaultPlan plan = FaultPlan.parse("latency=20-30ms", 1);
        assertThat(IntStream.range(0, 500)
                        .mapToLong(i -> plan.decide(call(Api.FRIEND_DELETE, i)).delayNanos()))
                .allMatch(nanos -> nanos >= 20_000_000 && nanos <= 30_000_000)
                .doesNotHaveDuplicates();
        assertThat(FaultPlan.parse("latency=2s", 1)
                        .decide(call(Api.FRIEND_DELETE, 1))
                        .delayNanos())
                .isEqualTo(2_000_000_000L);
    }

    @Test
    void rulesNameAccounts() {
        FaultPlan plan = FaultPlan.parse("from:bad=30003,batch:poison=30001,account:gone=30003", 1);
        assertThat(plan.decide(new CallInfo(Api.FRIEND_DELETE_ALL, 1, "bad", List.of(), 1, 0)))
                .hasToString("CODE 30003");
        assertThat(plan.decide(call(Api.FRIEND_DELETE, 1, "a", "poison"))).hasToString("CODE 30001");
        Fault fault = plan.decide(call(Api.FRIEND_DELETE, 1, "a", "gone"));
        assertThat(fault).hasToString("NONE");
        assertThat(fault.itemCode("gone")).isEqualTo(30003);
        assertThat(fault.itemCode("a")).isZero();
    }

    @Test
    void aScriptDecidesAndRulesFillIn() {
        FaultPlan plan = FaultPlan.script(call -> call.number() == 1
                        ? Fault.of(FaultKind.CUT).withItem("a", 30006).withOmitted("b")
                        : Fault.none())
                .withBatch("x"::equals, 30001)
                .withLatency(Duration.ofMillis(5), Duration.ofMillis(5));
        Fault first = plan.decide(call(Api.FRIEND_DELETE, 1, "x"));
        assertThat(first).hasToString("CUT");
        assertThat(first.itemCode("a")).isEqualTo(30006);
        assertThat(first.omits("b")).isTrue();
        assertThat(first.delayNanos()).isEqualTo(5_000_000);
        assertThat(plan.decide(call(Api.FRIEND_DELETE, 2, "x"))).hasToString("CODE 30001");
    }

    @Test
    void emptyTextIsNoFault() {
        assertThat(FaultPlan.parse(" , ", 1).decide(call(Api.FRIEND_DELETE, 1))).hasToString("NONE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explode=0.1", "reset-before", "teapot:1=0.1", "none=1", "code=0.1", "body=1"})
    void unknownWordsAreToldWithTheKnownOnes(String text) {
        assertThatThrownBy(() -> FaultPlan.parse("cut=0.1," + text, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("reset-after=P")
                .hasMessageContaining("account:ID=CODE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cut=x",
                "cut=1.5",
                "cut=-0.1",
                "cut=NaN",
                "cut=0.6,html=0.6",
                "latency=20",
                "latency=30-20ms",
                "close-after=-1",
                "code:x=0.1",
                "code:0=0.1"
            })
    void impossibleValuesAreRefused(String text) {
        assertThatThrownBy(() -> FaultPlan.parse(text, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
