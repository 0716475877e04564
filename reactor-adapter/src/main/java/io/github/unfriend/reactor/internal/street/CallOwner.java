/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import reactor.util.context.Context;

/** What a call needs of the stream that it belongs to. */
interface CallOwner<R> {

    /** Takes over what the call leaves; from any thread, once for each call that was not cancelled. */
    void finished(Finished<R> finished);

    /** The subscriber's context: a trace id is visible in every attempt. */
    Context context();

    Consequences consequences();
}
