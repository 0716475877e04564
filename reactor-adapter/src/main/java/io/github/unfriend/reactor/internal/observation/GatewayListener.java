/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.observation;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import java.util.function.IntSupplier;
import reactor.util.context.ContextView;

/**
 * Told what happens in one gateway. Called from any thread, event loops included, so it must be quick, must not block
 * and must not throw. Does nothing unless overridden.
 */
public interface GatewayListener {

    /** Nobody listens. */
    GatewayListener NONE = new GatewayListener() {};

    /**
     * The gateway is open.
     *
     * @param pacer whose state may be looked at until the gateway is closed
     * @param retryBudget tokens left
     */
    default void opened(Pacer pacer, IntSupplier retryBudget) {}

    /**
     * An attempt of a call begins: it will look for a connection, wait for a permit and leave.
     *
     * @param api the API to be called
     * @param accounts how many accounts the call is about so far
     * @param attempt the number of this attempt, from 1 on
     * @param subscriber the Context of whoever subscribed to the stream
     * @return told what becomes of it
     */
    default CallListener call(Api api, int accounts, int attempt, ContextView subscriber) {
        return CallListener.NONE;
    }

    /**
     * The last word about one account.
     *
     * @param api the API it was given to
     * @param code its result code
     * @param info the text that came with it
     */
    default void result(Api api, int code, String info) {}

    /** The gateway is closed. */
    default void closed() {}
}
