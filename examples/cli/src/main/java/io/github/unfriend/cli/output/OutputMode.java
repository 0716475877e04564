/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

/** What to do with an output file that is there already. */
public enum OutputMode {
    /** Refuse to touch it. */
    NEW,
    /** Continue the run it came from. */
    RESUME,
    /** Replace it. */
    OVERWRITE
}
