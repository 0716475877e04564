/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallRecordTest {

    @Test
    void theirTextCanBeRead() {
        List<CallRecord> calls = List.of(new CallRecord(-3, 4, 5), new CallRecord(6, 7, CallRecord.NEVER));
        assertThat(CallRecord.text(calls)).isEqualTo("-3,4,5 6,7,-");
        assertThat(CallRecord.parse(CallRecord.text(calls))).isEqualTo(calls);
    }

    @Test
    void noCallsAreAnEmptyText() {
        assertThat(CallRecord.parse(CallRecord.text(List.of()))).isEmpty();
    }
}
