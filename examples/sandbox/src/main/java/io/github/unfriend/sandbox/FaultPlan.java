/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which calls go wrong, and how. Immutable and repeatable: what happens to a call depends on the seed, the API and the
 * call's running number, never on threads or time. The {@code with} methods return changed copies.
 *
 * <p>A call that the sandbox refuses anyway (signature, limit, body) keeps its own code: only faults of the connection
 * and of the answer's form apply to it.
 */
public final class FaultPlan {

    private static final FaultPlan NONE = new FaultPlan(0);

    final long seed;

    @Nullable
    Function<CallInfo, Fault> script;

    List<FaultDraw.Chance> chances = List.of();
    List<FaultDraw.ItemChance> itemChances = List.of();
    List<FaultDraw.Rule> fromRules = List.of();
    List<FaultDraw.Rule> batchRules = List.of();
    List<FaultDraw.Rule> accountRules = List.of();
    double omit;
    Latency latency = Latency.NONE;
    private int closeAfter;
    private boolean conflicts;

    private FaultPlan(long seed) {
        this.seed = seed;
    }

    private FaultPlan(FaultPlan other) {
        seed = other.seed;
        script = other.script;
        chances = other.chances;
        itemChances = other.itemChances;
        fromRules = other.fromRules;
        batchRules = other.batchRules;
        accountRules = other.accountRules;
        omit = other.omit;
        latency = other.latency;
        closeAfter = other.closeAfter;
        conflicts = other.conflicts;
    }

    /**
     * Nothing goes wrong.
     *
     * @return the plan
     */
    public static FaultPlan none() {
        return NONE;
    }

    /**
     * Nothing goes wrong yet; the {@code with} methods add to it.
     *
     * @param seed what makes the plan repeatable
     * @return the plan
     */
    public static FaultPlan seeded(long seed) {
        return new FaultPlan(seed);
    }

    /**
     * A function decides for each call.
     *
     * @param script called on an event loop, so it must not block
     * @return the plan
     */
    public static FaultPlan script(Function<CallInfo, Fault> script) {
        FaultPlan plan = new FaultPlan(0);
        plan.script = script;
        return plan;
    }

    /**
     * Reads a plan from text such as {@code reset-before=0.04,code:30006=0.02,item:30006=0.002,latency=20-30ms}.
     *
     * @param text words separated by commas, empty for no faults
     * @param seed what makes the plan repeatable
     * @return the plan
     * @throws IllegalArgumentException when a word is unknown or a value unreadable; the message lists what is known
     */
    public static FaultPlan parse(String text, long seed) {
        return FaultPlanText.parse(text, seed);
    }

    /**
     * Makes a kind of fault happen by chance.
     *
     * @param kind one that {@link Fault#of} knows
     * @param probability 0 to 1; the probabilities of all kinds and codes together must not exceed 1
     * @return a changed copy
     */
    public FaultPlan with(FaultKind kind, double probability) {
        return with(Fault.of(kind), probability);
    }

    /**
     * Makes a fault happen by chance.
     *
     * @param fault the fault, for example {@link Fault#code(int)} or {@link Fault#drip}
     * @param probability 0 to 1; the probabilities of all faults together must not exceed 1
     * @return a changed copy
     */
    public FaultPlan with(Fault fault, double probability) {
        checkProbability(probability);
        FaultPlan copy = new FaultPlan(this);
        copy.chances = plus(chances, new FaultDraw.Chance(fault, probability));
        if (copy.chances.stream().mapToDouble(FaultDraw.Chance::probability).sum() > 1 + 1e-9) {
            throw new IllegalArgumentException("the probabilities of all faults together exceed 1");
        }
        return copy;
    }

    /**
     * Makes whole calls fail with a code by chance.
     *
     * @param code ErrorCode
     * @param probability 0 to 1
     * @return a changed copy
     */
    public FaultPlan withCode(int code, double probability) {
        return with(Fault.code(code), probability);
    }

    /**
     * Makes single items fail with a code by chance; their friendships stay.
     *
     * @param resultCode ResultCode
     * @param probability 0 to 1, for each item
     * @return a changed copy
     */
    public FaultPlan withItemCode(int resultCode, double probability) {
        checkProbability(probability);
        FaultPlan copy = new FaultPlan(this);
        copy.itemChances = plus(itemChances, new FaultDraw.ItemChance(resultCode, probability));
        return copy;
    }

    /**
     * Leaves single items out of the answer by chance; their friendships are deleted.
     *
     * @param probability 0 to 1, for each item
     * @return a changed copy
     */
    public FaultPlan withOmittedItems(double probability) {
        checkProbability(probability);
        FaultPlan copy = new FaultPlan(this);
        copy.omit = probability;
        return copy;
    }

    /**
     * Makes every answer, and every fault, later.
     *
     * @param least the shortest time
     * @param most the longest time
     * @return a changed copy
     */
    public FaultPlan withLatency(Duration least, Duration most) {
        FaultPlan copy = new FaultPlan(this);
        copy.latency = Latency.between(least, most);
        return copy;
    }

    /**
     * Closes each connection without notice after a number of answers.
     *
     * @param answers 0 for never
     * @return a changed copy
     */
    public FaultPlan withCloseAfter(int answers) {
        if (answers < 0) {
            throw new IllegalArgumentException("close-after must be 0 or more");
        }
        FaultPlan copy = new FaultPlan(this);
        copy.closeAfter = answers;
        return copy;
    }

    /**
     * Answers 30008 to a call that arrives while another of the same From_Account is being served.
     *
     * @return a changed copy
     */
    public FaultPlan withWriteConflicts() {
        FaultPlan copy = new FaultPlan(this);
        copy.conflicts = true;
        return copy;
    }

    /**
     * Makes the calls of certain From_Accounts fail.
     *
     * @param fromAccount which From_Accounts; called on an event loop
     * @param code ErrorCode
     * @return a changed copy
     */
    public FaultPlan withFrom(Predicate<String> fromAccount, int code) {
        FaultPlan copy = new FaultPlan(this);
        copy.fromRules = plus(fromRules, new FaultDraw.Rule(fromAccount, code));
        return copy;
    }

    /**
     * Makes every call fail whose To_Account holds certain accounts, as with accounts that the vendor objects to.
     *
     * @param toAccount which To_Accounts; called on an event loop
     * @param code ErrorCode, such as 30001
     * @return a changed copy
     */
    public FaultPlan withBatch(Predicate<String> toAccount, int code) {
        FaultPlan copy = new FaultPlan(this);
        copy.batchRules = plus(batchRules, new FaultDraw.Rule(toAccount, code));
        return copy;
    }

    /**
     * Makes the items of certain accounts fail, every time.
     *
     * @param toAccount which To_Accounts; called on an event loop
     * @param resultCode ResultCode, such as 30003
     * @return a changed copy
     */
    public FaultPlan withAccount(Predicate<String> toAccount, int resultCode) {
        FaultPlan copy = new FaultPlan(this);
        copy.accountRules = plus(accountRules, new FaultDraw.Rule(toAccount, resultCode));
        return copy;
    }

    boolean conflicts() {
        return conflicts;
    }

    int closeAfter() {
        return closeAfter;
    }

    Fault decide(CallInfo call) {
        return new FaultDraw(this, call).draw();
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }

    private static void checkProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "a probability must be 0 to 1, not %s", probability));
        }
    }
}
