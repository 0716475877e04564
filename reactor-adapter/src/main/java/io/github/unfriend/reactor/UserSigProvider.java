/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.UserSig;
import reactor.core.publisher.Mono;

/**
 * Given to {@link FriendGatewayBuilder#userSig} instead of credentials, by those who keep the secret key elsewhere: in a
 * vault, or in a sidecar that signs. So the key can be rotated without a restart.
 */
public interface UserSigProvider {

    /**
     * The app.
     *
     * @return the SDKAppID; always the same
     */
    long sdkAppId();

    /**
     * Who calls.
     *
     * @return the UserID of an administrator of the app; always the same
     */
    String administrator();

    /**
     * Gets a UserSig of the administrator. The gateway subscribes once for all calls that wait for it: before the first
     * call, when nine tenths of the lifetime of the last one are over, when the service says that it has expired (70001),
     * and before the probe of a refused gateway. May answer on any thread; must not block. An error, or no answer within
     * the call timeout, counts for the waiting calls as not sent, and the next attempt asks again.
     *
     * @return one UserSig, asked for anew by each subscription
     */
    Mono<UserSig> userSig();
}
