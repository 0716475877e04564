/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import org.jspecify.annotations.Nullable;

/** Groups in order of their arrival; each may leave from any place at constant cost. */
final class GroupChain<T> {

    /** The kinds of chains; a group may be in one of each. */
    static final int SIZE = 0;

    static final int AGE = 1;
    static final int GROWTH = 2;
    static final int KINDS = 3;

    private final int kind;
    private @Nullable Group<T> first;
    private @Nullable Group<T> last;

    GroupChain(int kind) {
        this.kind = kind;
    }

    @Nullable
    Group<T> first() {
        return first;
    }

    void append(Group<T> group) {
        group.setBefore(kind, last);
        if (last == null) {
            first = group;
        } else {
            last.setBehind(kind, group);
        }
        last = group;
    }

    void moveToEnd(Group<T> group) {
        if (last != group) {
            remove(group);
            append(group);
        }
    }

    void remove(Group<T> group) {
        Group<T> before = group.before(kind);
        Group<T> behind = group.behind(kind);
        if (before == null) {
            first = behind;
        } else {
            before.setBehind(kind, behind);
        }
        if (behind == null) {
            last = before;
        } else {
            behind.setBefore(kind, before);
        }
        group.setBefore(kind, null);
        group.setBehind(kind, null);
    }
}
