/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.reactor.FriendGatewayBuilder;

/** Whether the gateway may make calls for results that nobody has requested yet. */
enum ReadAhead {
    /** As many as it does by default. */
    OURS("ours"),
    /** None. */
    STRICT("strict");

    private final String id;

    ReadAhead(String id) {
        this.id = id;
    }

    void applyTo(FriendGatewayBuilder builder) {
        if (this == STRICT) {
            builder.readAhead(0);
        }
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return id;
    }
}
