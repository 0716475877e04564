/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.reactor.internal.call;

import badhouse.reactor.internal.stream.BadStream;

/** Calls up. */
public class BadCall {

    /** Knows who is above it. */
    public BadStream stream() {
        return new BadStream();
    }
}
