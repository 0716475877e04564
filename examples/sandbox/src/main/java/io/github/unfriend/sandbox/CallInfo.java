/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.util.List;

/**
 * What a fault script knows of a call when it decides.
 *
 * @param api the API called
 * @param number the running number of the call among the calls of this API since the fault plan was set, from 1
 * @param fromAccount From_Account, empty when the body could not be read
 * @param toAccounts To_Account, empty for friend_delete_all or when the body could not be read
 * @param connection the running number of the connection, from 1
 * @param arrivalNanos {@link System#nanoTime()} when the request was complete
 */
public record CallInfo(
        Api api, long number, String fromAccount, List<String> toAccounts, long connection, long arrivalNanos) {}
