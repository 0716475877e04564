/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.batch.SerializedAccounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After a lock-out one call goes first; another may be the one if it ends. */
@Tag("promise-7")
class ProbeGateTest {

    @Test
    @SuppressWarnings({"NullAway", "unchecked"})
    void aCallThatIsCancelledBetweenItsGrantAndTheGateLeavesTheGate() {
        ProbeGate gate = new ProbeGate();
        CallConfig config = new CallConfig(
                null,
                null,
                Pacer.unpaced(),
                new SharedEffects(Pacer.unpaced(), new SerializedAccounts(System::nanoTime), gate),
                null,
                null,
                null,
                new RefusalLatch(Duration.ofSeconds(30), System::nanoTime),
                null,
                null);
        Batch<String> batch = new Batch<>("from", new ArrayList<>(List.of(new Pending<>("x", "from", "to", null))));
        Object call = new Object();
        CallContent<String> content =
                new CallContent<>(config, new FriendDeleteOperation(DeleteType.BOTH), batch, call);
        batch.waits();
        gate.close();
        content.end(); // worker
        assertThat(content.close()).isFalse(); // event loop
        assertThat(gate.enter(new Object())).as("another call may be the probe").isTrue();
    }
}
