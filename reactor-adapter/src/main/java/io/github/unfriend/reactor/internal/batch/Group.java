/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A batch that waits for more accounts of its owner. */
final class Group<T> extends Batch<T> {

    final Owner<T> owner;
    /** When its first account came. */
    final long since;
    /** How many accounts the gatherer had taken in when this one last grew. */
    long grewAt;
    /** Whether the gatherer holds it. */
    boolean gathered = true;
    /** Neighbours in each kind of {@link GroupChain}. */
    private final @Nullable Object[] links = new @Nullable Object[2 * GroupChain.KINDS];

    Group(Owner<T> owner, long since) {
        super(owner.fromAccount, new ArrayList<>());
        this.owner = owner;
        this.since = since;
    }

    @SuppressWarnings("unchecked") // only groups are put in
    @Nullable
    Group<T> before(int kind) {
        return (Group<T>) links[kind];
    }

    @SuppressWarnings("unchecked")
    @Nullable
    Group<T> behind(int kind) {
        return (Group<T>) links[GroupChain.KINDS + kind];
    }

    void setBefore(int kind, @Nullable Group<T> group) {
        links[kind] = group;
    }

    void setBehind(int kind, @Nullable Group<T> group) {
        links[GroupChain.KINDS + kind] = group;
    }
}
