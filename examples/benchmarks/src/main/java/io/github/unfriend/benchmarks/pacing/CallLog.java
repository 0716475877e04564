/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All calls of a client that were written. Any thread may add and read. */
final class CallLog {

    private final Map<Api, Queue<RecordingPermit>> written = new EnumMap<>(Api.class);

    CallLog() {
        for (Api api : Api.values()) {
            written.put(api, new ConcurrentLinkedQueue<>());
        }
    }

    void add(Api api, RecordingPermit permit) {
        of(api).add(permit);
    }

    /** What is known of them now. */
    List<CallRecord> calls(Api api) {
        return of(api).stream().map(RecordingPermit::record).toList();
    }

    private Queue<RecordingPermit> of(Api api) {
        return written.getOrDefault(api, new ConcurrentLinkedQueue<>());
    }
}
