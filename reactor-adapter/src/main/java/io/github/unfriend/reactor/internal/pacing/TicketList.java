/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import org.jspecify.annotations.Nullable;

/** Tickets in order of arrival, each in one list at most, leaving from any place at constant cost. Not thread-safe. */
final class TicketList {

    private @Nullable Ticket head;
    private @Nullable Ticket tail;
    private int size;

    int size() {
        return size;
    }

    @Nullable
    Ticket head() {
        return head;
    }

    void append(Ticket ticket) {
        ticket.list = this;
        ticket.before = tail;
        if (tail == null) {
            head = ticket;
        } else {
            tail.behind = ticket;
        }
        tail = ticket;
        size++;
    }

    void remove(Ticket ticket) {
        Ticket before = ticket.before;
        Ticket behind = ticket.behind;
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
        ticket.list = null;
        ticket.before = null;
        ticket.behind = null;
        size--;
    }
}
