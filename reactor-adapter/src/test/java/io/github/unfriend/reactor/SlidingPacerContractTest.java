/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/** Our own pacer keeps the contract. */
class SlidingPacerContractTest extends PacerContract {

    @Override
    protected Pacer create(int callsPerSecond, int mostWaiting, LongSupplier nanoClock, Scheduler timer) {
        return Pacer.builder()
                .callsPerSecond(callsPerSecond)
                .maxWaiting(mostWaiting)
                .nanoClock(nanoClock)
                .scheduler(timer)
                .build();
    }
}
