/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Permit;
import java.util.concurrent.atomic.AtomicLong;

/** A permit that writes down when it is told something, and passes it on. */
final class RecordingPermit implements Permit {

    private final Permit permit;
    private final Api api;
    private final CallLog log;
    private final long granted = System.nanoTime();
    private final AtomicLong written = new AtomicLong(CallRecord.NEVER);
    private final AtomicLong answered = new AtomicLong(CallRecord.NEVER);

    RecordingPermit(Permit permit, Api api, CallLog log) {
        this.permit = permit;
        this.api = api;
        this.log = log;
    }

    CallRecord record() {
        return new CallRecord(granted, written.get(), answered.get());
    }

    @Override
    public void written(String host) {
        noteWritten();
        permit.written(host);
    }

    @Override
    public void written() {
        noteWritten();
        permit.written();
    }

    private void noteWritten() {
        if (written.compareAndSet(CallRecord.NEVER, System.nanoTime())) {
            log.add(api, this);
        }
    }

    @Override
    public void answered(boolean byService) {
        if (byService) {
            noteAnswered();
        }
        permit.answered(byService);
    }

    @Override
    public void answered() {
        noteAnswered();
        permit.answered();
    }

    private void noteAnswered() {
        answered.compareAndSet(CallRecord.NEVER, System.nanoTime());
    }

    @Override
    public void abandoned() {
        permit.abandoned();
    }

    @Override
    public void giveBack() {
        permit.giveBack();
    }
}
