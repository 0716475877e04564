/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

/** Help texts that several commands share. */
final class HelpTexts {

    static final String RESULTS = "Results: one line for each distinct account, as answers arrive, such as%n"
            + "  {\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}%n"
            + "  deleted: removed. not_friends: there was no such friendship. failed: not removed; code says why.%n"
            + "  unknown: sent, but no readable answer came. After --resume an account may have several lines: the last counts.";

    static final String EXIT_CODES = "Exit codes:%n"
            + "    0  every account ended deleted or not_friends%n"
            + "    1  some did not%n"
            + "    2  wrong usage or unreadable input%n"
            + "    3  the service refuses every call (credentials, configuration); the rest has no result%n"
            + "    4  the output cannot be written any more (disk full, pipe closed); calls stopped%n"
            + "   70  a fault of this program%n"
            + "  130  interrupted; calls under way were finished and written, the output is complete up to there";

    private HelpTexts() {}
}
