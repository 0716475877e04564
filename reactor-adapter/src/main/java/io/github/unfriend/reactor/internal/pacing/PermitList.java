/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import org.jspecify.annotations.Nullable;

/** Permits in order of arrival, each in one list at most, leaving from any place at constant cost. Not thread-safe. */
final class PermitList {

    private @Nullable QueuedPermit head;
    private @Nullable QueuedPermit tail;
    private int size;

    int size() {
        return size;
    }

    @Nullable
    QueuedPermit head() {
        return head;
    }

    void append(QueuedPermit permit) {
        permit.list = this;
        permit.before = tail;
        if (tail == null) {
            head = permit;
        } else {
            tail.behind = permit;
        }
        tail = permit;
        size++;
    }

    void remove(QueuedPermit permit) {
        QueuedPermit before = permit.before;
        QueuedPermit behind = permit.behind;
        if (before == null) {
            head = behind;
        } else {
            before.behind = behind;
        }
        if (behind == null) {
            tail = before;
        } else {
            behind.before = before;
        }
        permit.list = null;
        permit.before = null;
        permit.behind = null;
        size--;
    }
}
