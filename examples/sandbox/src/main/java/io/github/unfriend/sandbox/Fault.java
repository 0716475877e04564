/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What goes wrong with one call. Immutable; the {@code with} methods return changed copies. */
public final class Fault {

    /** Where and how a call goes wrong. */
    public enum Kind {
        /** Nothing: the call is served, perhaps late or with single items failing. */
        NONE(true),
        /** The connection is reset, nothing was deleted. */
        RESET_BEFORE(false),
        /** The connection is reset instead of an answer, the deletions have happened. */
        RESET_AFTER(true),
        /** HTTP 502 (or another status, see {@link Fault#http}) with an HTML page, nothing was deleted. */
        BAD_GATEWAY(false),
        /** HTTP 502 with an HTML page, the deletions have happened. */
        BAD_GATEWAY_AFTER(true),
        /** HTTP 200 with an HTML page, nothing was deleted. */
        HTML(false),
        /** The answer ends in the middle, short of its Content-Length, and the connection is closed. */
        CUT(true),
        /** The answer's JSON ends in the middle with a fitting Content-Length; the connection stays open. */
        TRUNCATED(true),
        /** HTTP 200 with random bytes, the deletions have happened. */
        GARBAGE(true),
        /** No answer ever, nothing was deleted. */
        STALL(false),
        /** No answer ever, the deletions have happened. */
        STALL_AFTER(true),
        /** The right answer, in small pieces with pauses between them. */
        DRIP(true),
        /** Some {@code 103 Early Hints}, then the right answer. */
        INTERIM(true),
        /** The right answer, and behind it in the same write another one, a refusal that nobody asked for. */
        EXTRA(true),
        /** The right answer with a head of 20,000 bytes. */
        LONG_HEAD(true),
        /** The right answer; bytes that are no UTF-8, and a tabulator that is not escaped, stand in its ErrorInfo. */
        DAMAGED(true),
        /** HTTP 200 with a given text, see {@link Fault#body}; nothing was deleted. */
        BODY(false),
        /** ActionStatus FAIL with a given code, nothing was deleted. */
        CODE(false);

        private final boolean working;

        Kind(boolean working) {
            this.working = working;
        }

        /**
         * Whether the deletions happen in spite of the fault.
         *
         * @return true when the friend lists change
         */
        public boolean working() {
            return working;
        }
    }

    private static final Set<Kind> READABLE =
            EnumSet.of(Kind.NONE, Kind.CODE, Kind.DRIP, Kind.INTERIM, Kind.EXTRA, Kind.LONG_HEAD, Kind.DAMAGED);

    private static final Fault NONE = new Fault(Kind.NONE, 0, "");

    private final Kind kind;
    private final int code;
    private final String info;
    private Map<String, Integer> itemCodes = Map.of();
    private Set<String> omitted = Set.of();
    private long delayNanos;
    private int pieces = 10;
    private long pauseNanos = Duration.ofMillis(20).toNanos();
    private boolean closing;

    private Fault(Kind kind, int code, String info) {
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
     * @param kind any but {@link Kind#CODE} and {@link Kind#BODY}
     * @return the fault
     */
    public static Fault of(Kind kind) {
        if (kind == Kind.CODE || kind == Kind.BODY) {
            throw new IllegalArgumentException("use Fault.code(code) or Fault.body(text)");
        }
        return new Fault(kind, kind == Kind.BAD_GATEWAY || kind == Kind.BAD_GATEWAY_AFTER ? 502 : 0, "");
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
        return new Fault(Kind.CODE, code, info);
    }

    /**
     * An HTTP status with an HTML page, and nothing is deleted.
     *
     * @param status such as 429 or 503
     * @return the fault
     */
    public static Fault http(int status) {
        return new Fault(Kind.BAD_GATEWAY, status, "");
    }

    /**
     * HTTP 200 with a text instead of the answer, and nothing is deleted.
     *
     * @param text the body, word for word
     * @return the fault
     */
    public static Fault body(String text) {
        return new Fault(Kind.BODY, 0, text);
    }

    /**
     * The right answer in small pieces.
     *
     * @param pieces how many
     * @param pause how long before each
     * @return the fault
     */
    public static Fault drip(int pieces, Duration pause) {
        Fault fault = new Fault(Kind.DRIP, 0, "");
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
    public Kind kind() {
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
        return kind == Kind.STALL || kind == Kind.STALL_AFTER;
    }

    boolean isReadable() {
        return READABLE.contains(kind);
    }

    boolean closing() {
        return closing;
    }

    /** The kind, with the code if there is one. */
    @Override
    public String toString() {
        return kind == Kind.CODE ? "CODE " + code : kind.name();
    }
}
