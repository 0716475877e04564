/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What goes wrong with one call. Immutable; the {@code with} methods return changed copies. */
public final class Fault {

    private static final Fault NONE = new Fault(FaultKind.NONE, 0, "");

    private final FaultKind kind;
    private final int code;
    private final String info;
    private Map<String, Integer> itemCodes = Map.of();
    private Set<String> omitted = Set.of();
    private long delayNanos;
    private int pieces = 10;
    private long pauseNanos = Duration.ofMillis(20).toNanos();
    private boolean closing;

    private Fault(FaultKind kind, int code, String info) {
        this.kind = kind;
        this.code = code;
        this.info = info;
    }

    private Fault(Fault other) {
        this(other.kind, other.code, other.info);
        itemCodes = other.itemCodes;
        omitted = other.omitted;
        delayNanos = other.delayNanos;
        pieces = other.pieces;
        pauseNanos = other.pauseNanos;
        closing = other.closing;
    }

    /**
     * Nothing goes wrong.
     *
     * @return no fault
     */
    public static Fault none() {
        return NONE;
    }

    /**
     * A fault of a kind.
     *
     * @param kind any but {@link FaultKind#CODE} and {@link FaultKind#BODY}
     * @return the fault
     */
    public static Fault of(FaultKind kind) {
        if (kind == FaultKind.CODE || kind == FaultKind.BODY) {
            throw new IllegalArgumentException("use Fault.code(code) or Fault.body(text)");
        }
        return new Fault(kind, kind == FaultKind.BAD_GATEWAY || kind == FaultKind.BAD_GATEWAY_AFTER ? 502 : 0, "");
    }

    /**
     * The whole call fails with a code, and nothing is deleted.
     *
     * @param code ErrorCode, not 0
     * @return the fault
     */
    public static Fault code(int code) {
        return code(code, Codes.text(code));
    }

    /**
     * The whole call fails with a code, and nothing is deleted.
     *
     * @param code ErrorCode, not 0
     * @param info ErrorInfo
     * @return the fault
     */
    public static Fault code(int code, String info) {
        if (code == 0) {
            throw new IllegalArgumentException("0 is the code of success; use Fault.none()");
        }
        return new Fault(FaultKind.CODE, code, info);
    }

    /**
     * An HTTP status with an HTML page, and nothing is deleted.
     *
     * @param status such as 429 or 503
     * @return the fault
     */
    public static Fault http(int status) {
        return new Fault(FaultKind.BAD_GATEWAY, status, "");
    }

    /**
     * An HTTP status with an HTML page and a {@code Retry-After}, and nothing is deleted.
     *
     * @param status such as 429 or 503
     * @param retryAfter whole seconds
     * @return the fault
     */
    public static Fault http(int status, Duration retryAfter) {
        return new Fault(FaultKind.BAD_GATEWAY, status, Long.toString(retryAfter.toSeconds()));
    }

    /**
     * HTTP 200 with a text instead of the answer, and nothing is deleted.
     *
     * @param text the body, word for word
     * @return the fault
     */
    public static Fault body(String text) {
        return new Fault(FaultKind.BODY, 0, text);
    }

    /**
     * The right answer in small pieces.
     *
     * @param pieces how many
     * @param pause how long before each
     * @return the fault
     */
    public static Fault drip(int pieces, Duration pause) {
        Fault fault = new Fault(FaultKind.DRIP, 0, "");
        fault.pieces = Math.max(1, pieces);
        fault.pauseNanos = pause.toNanos();
        return fault;
    }

    /**
     * One To_Account fails with a code; the friendship stays.
     *
     * @param toAccount the To_Account
     * @param resultCode ResultCode
     * @return a changed copy
     */
    public Fault withItem(String toAccount, int resultCode) {
        Fault copy = new Fault(this);
        Map<String, Integer> codes = new HashMap<>(itemCodes);
        codes.put(toAccount, resultCode);
        copy.itemCodes = Map.copyOf(codes);
        return copy;
    }

    /**
     * One To_Account is deleted, but left out of the answer.
     *
     * @param toAccount the To_Account
     * @return a changed copy
     */
    public Fault withOmitted(String toAccount) {
        Fault copy = new Fault(this);
        Set<String> names = new HashSet<>(omitted);
        names.add(toAccount);
        copy.omitted = Set.copyOf(names);
        return copy;
    }

    /**
     * The answer, or the fault, comes this much later.
     *
     * @param delay added to every other latency
     * @return a changed copy
     */
    public Fault withDelay(Duration delay) {
        return withDelayNanos(delay.toNanos());
    }

    /**
     * The connection is closed without notice right after the answer.
     *
     * @return a changed copy
     */
    public Fault withClose() {
        Fault copy = new Fault(this);
        copy.closing = true;
        return copy;
    }

    /**
     * The kind of the fault.
     *
     * @return the kind
     */
    public FaultKind kind() {
        return kind;
    }

    Fault withDelayNanos(long more) {
        Fault copy = new Fault(this);
        copy.delayNanos += more;
        return copy;
    }

    Fault withItems(Map<String, Integer> codes, Set<String> names) {
        Fault copy = new Fault(this);
        Map<String, Integer> all = new HashMap<>(itemCodes);
        codes.forEach(all::putIfAbsent);
        copy.itemCodes = all;
        Set<String> both = new HashSet<>(omitted);
        both.addAll(names);
        copy.omitted = both;
        return copy;
    }

    int code() {
        return code;
    }

    String info() {
        return info;
    }

    int itemCode(String toAccount) {
        return itemCodes.getOrDefault(toAccount, 0);
    }

    boolean omits(String toAccount) {
        return omitted.contains(toAccount);
    }

    long delayNanos() {
        return delayNanos;
    }

    int pieces() {
        return pieces;
    }

    long pauseNanos() {
        return pauseNanos;
    }

    boolean isStall() {
        return kind == FaultKind.STALL || kind == FaultKind.STALL_AFTER || kind == FaultKind.SILENT;
    }

    boolean isReadable() {
        return kind.readable();
    }

    boolean closing() {
        return closing;
    }

    /** The kind, with the code if there is one. */
    @Override
    public String toString() {
        return kind == FaultKind.CODE ? "CODE " + code : kind.name();
    }
}
