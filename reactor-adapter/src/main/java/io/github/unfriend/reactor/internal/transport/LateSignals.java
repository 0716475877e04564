/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.NotSentException;
import java.util.function.Consumer;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.PrematureCloseException;
import reactor.util.context.Context;

/**
 * What comes when its call was given up (cancelled, or out of time) is for nobody, and no fault: an answer, that
 * its connection was closed before one, or that it was not sent. It does not reach Reactor's hooks for dropped signals. Anything else does.
 */
public final class LateSignals {

    private static final String NEXT_HOOK = "reactor.onNextDropped.local";
    private static final String ERROR_HOOK = "reactor.onErrorDropped.local";

    private LateSignals() {}

    /**
     * For the whole way from the connection to the call.
     *
     * @param context of the subscriber; its own hooks, or Reactor's, get everything else
     * @return the context with hooks that let go of what comes late
     */
    public static Context ignoredIn(Context context) {
        Consumer<Object> next = item -> {
            if (!(item instanceof HttpAnswer) && !(item instanceof HttpClientResponse)) {
                Operators.onNextDropped(item, context);
            }
        };
        Consumer<Throwable> error = failure -> {
            if (!(failure instanceof NotSentException) && !(failure instanceof PrematureCloseException)) {
                Operators.onErrorDropped(failure, context);
            }
        };
        return context.put(NEXT_HOOK, next).put(ERROR_HOOK, error);
    }
}
