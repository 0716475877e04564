/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

/** What does not belong to a UserID when it stands around one. */
final class Blanks {

    private Blanks() {}

    static boolean is(byte b) {
        return b == ' ' || b == '\t';
    }
}
