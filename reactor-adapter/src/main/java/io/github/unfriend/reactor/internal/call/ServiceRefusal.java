/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.FatalRefusalException;
import org.jspecify.annotations.Nullable;

/** Whether the service refuses the gateway altogether; kept for whoever asks, decides nothing. */
public final class ServiceRefusal {

    private volatile @Nullable FatalRefusalException latest;

    /** Nothing is refused yet. */
    public ServiceRefusal() {}

    /** The fatal refusal of the latest call, or null. */
    public @Nullable FatalRefusalException latest() {
        return latest;
    }

    void refused(FatalRefusalException refusal) {
        latest = refusal;
    }

    void answered() {
        if (latest != null) { // written by hardly any call, read by all
            latest = null;
        }
    }
}
