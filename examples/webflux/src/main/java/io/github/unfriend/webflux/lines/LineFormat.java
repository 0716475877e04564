/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

import io.github.unfriend.Friendship;

/** How a line holds a friendship. */
interface LineFormat {

    /** Reads a line that is not blank, without its line end. */
    Friendship read(String line) throws Problem;

    /** What is wrong with a line, to be read behind "Line 7". */
    final class Problem extends Exception {
        private static final long serialVersionUID = 1L;

        /** Behind "Line 7". */
        final String text;

        Problem(String text) {
            super(text, null, false, false);
            this.text = text;
        }
    }
}
