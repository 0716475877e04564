/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.github.unfriend.Api;

/**
 * Where the places are counted, and under which name this process stands there.
 *
 * @param prefix of all keys
 * @param sdkAppId whose quota it is; in braces, so that a cluster keeps both APIs in one slot
 * @param process unlike that of any other process
 */
record RedisKeys(String prefix, long sdkAppId, String process) {

    String of(Api api) {
        return prefix + ":{" + sdkAppId + "}:" + api.command();
    }

    @Override
    public String toString() {
        return prefix + ":{" + sdkAppId + "}";
    }
}
