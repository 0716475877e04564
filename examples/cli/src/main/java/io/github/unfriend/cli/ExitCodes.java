/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

/** The exit codes of the command. */
final class ExitCodes {

    /** Every account ended deleted or not_friends. */
    static final int OK = 0;
    /** Some accounts failed, or their outcome is unknown. */
    static final int SOME_FAILED = 1;
    /** Wrong usage or unreadable input. */
    static final int USAGE = 2;
    /** The service refuses every call; the rest has no result. */
    static final int FATAL = 3;
    /** The output cannot be written any more. */
    static final int OUTPUT = 4;
    /** A fault of this program. */
    static final int SOFTWARE = 70;
    /** Interrupted; the output is complete up to there. */
    static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
