/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.reactor.internal.street.Gatherer.Group;
import org.jspecify.annotations.Nullable;

/** Groups in order of their arrival; each may leave from any place at constant cost. */
final class GroupChain {

    /** The two kinds of chains; a group may be in one of each. */
    static final int SIZE = 0;

    static final int AGE = 1;

    private final int kind;
    private @Nullable Group first;
    private @Nullable Group last;

    GroupChain(int kind) {
        this.kind = kind;
    }

    @Nullable
    Group first() {
        return first;
    }

    void append(Group group) {
        group.before[kind] = last;
        if (last == null) {
            first = group;
        } else {
            last.behind[kind] = group;
        }
        last = group;
    }

    void remove(Group group) {
        Group before = group.before[kind];
        Group behind = group.behind[kind];
        if (before == null) {
            first = behind;
        } else {
            before.behind[kind] = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.before[kind] = before;
        }
        group.before[kind] = null;
        group.behind[kind] = null;
    }
}
