/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads fault plans from the words of a command line. */
final class FaultPlanText {

    private static final Map<String, FaultKind> KINDS = kinds();
    private static final Pattern TIMES = Pattern.compile("(\\d+)(?:-(\\d+))?(ms|s)");
    private static final String KNOWN = String.join("=P, ", KINDS.keySet())
            + "=P, code:N=P, http:STATUS=P, http:STATUS:SECONDS=P (with Retry-After), item:N=P, omit=P, latency=20-30ms, close-after=N, conflict, from:ID=CODE, batch:ID=CODE,"
            + " account:ID=CODE (P: a probability such as 0.05)";

    private FaultPlanText() {}

    static FaultPlan parse(String text, long seed) {
        FaultPlan plan = FaultPlan.seeded(seed);
        for (String word : text.split(",", -1)) {
            if (!word.isBlank()) {
                plan = add(plan, word.strip());
            }
        }
        return plan;
    }

    private static FaultPlan add(FaultPlan plan, String word) {
        if (word.equals("conflict")) {
            return plan.withWriteConflicts();
        }
        int equals = word.lastIndexOf('=');
        if (equals < 0) {
            throw unknown(word);
        }
        String name = word.substring(0, equals);
        String value = word.substring(equals + 1);
        FaultKind kind = KINDS.get(name);
        try {
            if (kind != null) {
                return plan.with(kind, Double.parseDouble(value));
            }
            int colon = name.indexOf(':');
            return colon < 0 ? addPlain(plan, word, name, value) : addNamed(plan, word, name, colon, value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("cannot read the number in the fault '" + word + "'", e);
        }
    }

    private static FaultPlan addPlain(FaultPlan plan, String word, String name, String value) {
        return switch (name) {
            case "omit" -> plan.withOmittedItems(Double.parseDouble(value));
            case "close-after" -> plan.withCloseAfter(Integer.parseInt(value));
            case "latency" -> latency(plan, word, value);
            default -> throw unknown(word);
        };
    }

    private static FaultPlan addNamed(FaultPlan plan, String word, String name, int colon, String value) {
        String what = name.substring(colon + 1);
        return switch (name.substring(0, colon)) {
            case "code" -> plan.withCode(Integer.parseInt(what), Double.parseDouble(value));
            case "http" -> plan.with(status(what), Double.parseDouble(value));
            case "item" -> plan.withItemCode(Integer.parseInt(what), Double.parseDouble(value));
            case "from" -> plan.withFrom(what::equals, Integer.parseInt(value));
            case "batch" -> plan.withBatch(what::equals, Integer.parseInt(value));
            case "account" -> plan.withAccount(what::equals, Integer.parseInt(value));
            default -> throw unknown(word);
        };
    }

    private static Fault status(String what) {
        int colon = what.indexOf(':');
        return colon < 0
                ? Fault.http(Integer.parseInt(what))
                : Fault.http(
                        Integer.parseInt(what.substring(0, colon)),
                        Duration.ofSeconds(Long.parseLong(what.substring(colon + 1))));
    }

    private static FaultPlan latency(FaultPlan plan, String word, String value) {
        Matcher times = TIMES.matcher(value);
        if (!times.matches()) {
            throw new IllegalArgumentException("cannot read '" + word + "'; a latency is like 20ms, 20-30ms or 1-2s");
        }
        long unit = times.group(3).equals("s") ? 1000 : 1;
        String most = times.group(2) == null ? times.group(1) : times.group(2);
        return plan.withLatency(
                Duration.ofMillis(Long.parseLong(times.group(1)) * unit),
                Duration.ofMillis(Long.parseLong(most) * unit));
    }

    private static IllegalArgumentException unknown(String word) {
        return new IllegalArgumentException("unknown fault '" + word + "'; known are " + KNOWN);
    }

    private static Map<String, FaultKind> kinds() {
        Map<String, FaultKind> kinds = new TreeMap<>();
        for (FaultKind kind : FaultKind.values()) {
            if (kind != FaultKind.NONE && kind != FaultKind.CODE && kind != FaultKind.BODY) {
                kinds.put(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), kind);
            }
        }
        return kinds;
    }
}
