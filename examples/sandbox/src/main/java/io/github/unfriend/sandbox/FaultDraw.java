/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Decides what happens to one call under a plan. */
final class FaultDraw {

    private final FaultPlan plan;
    private final CallInfo call;
    private final SplittableRandom random;

    FaultDraw(FaultPlan plan, CallInfo call) {
        this.plan = plan;
        this.call = call;
        this.random = Latency.randomOf(plan.seed, call.api(), call.number());
    }

    Fault draw() {
        Fault fault = plan.script == null ? drawKind(random.nextDouble()) : plan.script.apply(call);
        if (fault.kind() == FaultKind.NONE) {
            int code = ruled();
            fault = code == 0 ? fault : Fault.code(code).withDelayNanos(fault.delayNanos());
        }
        if (plan.latency.most() > 0) {
            fault = fault.withDelayNanos(plan.latency.draw(random));
        }
        boolean perItem = plan.omit > 0 || !plan.itemChances.isEmpty() || !plan.accountRules.isEmpty();
        return perItem ? drawItems(fault) : fault;
    }

    private Fault drawKind(double drawn) {
        double upTo = 0;
        for (Chance chance : plan.chances) {
            upTo += chance.probability;
            if (drawn < upTo) {
                return chance.fault;
            }
        }
        return Fault.none();
    }

    private int ruled() {
        int code = first(plan.fromRules, call.fromAccount());
        if (code != 0 || plan.batchRules.isEmpty()) {
            return code;
        }
        for (String account : call.toAccounts()) {
            code = first(plan.batchRules, account);
            if (code != 0) {
                return code;
            }
        }
        return 0;
    }

    private Fault drawItems(Fault fault) {
        Map<String, Integer> codes = new HashMap<>();
        Set<String> omitted = new HashSet<>();
        for (String account : call.toAccounts()) {
            int code = first(plan.accountRules, account);
            for (ItemChance chance : plan.itemChances) {
                // Drawn in any case, so that one item's fate does not shift that of the next.
                boolean hit = random.nextDouble() < chance.probability;
                code = code == 0 && hit ? chance.code : code;
            }
            if (code != 0) {
                codes.put(account, code);
            }
            if (plan.omit > 0 && random.nextDouble() < plan.omit) {
                omitted.add(account);
            }
        }
        return codes.isEmpty() && omitted.isEmpty() ? fault : fault.withItems(codes, omitted);
    }

    private static int first(List<Rule> rules, String account) {
        for (Rule rule : rules) {
            if (rule.accounts.test(account)) {
                return rule.code;
            }
        }
        return 0;
    }

    record Chance(Fault fault, double probability) {}

    record ItemChance(int code, double probability) {}

    record Rule(Predicate<String> accounts, int code) {}
}
