/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

/** Where and how a call goes wrong. */
public enum FaultKind {
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
    /**
     * The right answer, and when the connection is idle after it a 502 that nobody asked for. Not a refusal of accounts:
     * a request may be on its way already, and then nobody can tell that the 502 is not its answer.
     */
    EARLY(true),
    /** The right answer, and when the connection is idle after it {@code 408 Request Timeout} and the end of it. */
    REQUEST_TIMEOUT(true),
    /** From this call on none on its connection gets an answer; the deletions happen and the connection stays open. */
    SILENT(true),
    /** The right answer; the URL that was called, with its UserSig, stands in every ErrorInfo and ResultInfo. */
    ECHO(true),
    /** HTTP 200 with a given text, see {@link Fault#body}; nothing was deleted. */
    BODY(false),
    /** ActionStatus FAIL with a given code, nothing was deleted. */
    CODE(false);

    private final boolean working;

    FaultKind(boolean working) {
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

    boolean readable() {
        return switch (this) {
            case NONE, CODE, DRIP, INTERIM, EXTRA, LONG_HEAD, DAMAGED, EARLY, REQUEST_TIMEOUT, ECHO -> true;
            default -> false;
        };
    }
}
