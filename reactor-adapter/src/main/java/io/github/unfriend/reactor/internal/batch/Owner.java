/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one stream has of one From_Account. */
final class Owner<T> {

    final String fromAccount;
    /** By To_Account: what came last of those that have no result. */
    final Map<String, Pending<T>> latest = new HashMap<>();
    /** Gathers what comes. */
    @Nullable
    Group<T> open;
    /** The batch whose call was started last: may be joined until it leaves. */
    @Nullable
    Batch<T> started;

    Owner(String fromAccount) {
        this.fromAccount = fromAccount;
    }
}
