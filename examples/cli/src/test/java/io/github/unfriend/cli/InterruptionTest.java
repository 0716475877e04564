/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    private final List<Integer> halts = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Interruption interruption = new Interruption(halts::add, clock::get);

    @Test
    void withNothingUnderWayItEndsAtOnce() {
        interruption.trigger();
        assertThat(halts).containsExactly(130);
    }

    @Test
    void theFirstEndsCleanlyTheSecondAtOnce() {
        List<String> stopped = new ArrayList<>();
        interruption.onInterrupt(() -> stopped.add("stopped"));
        interruption.trigger();
        assertThat(interruption.isInterrupted()).isTrue();
        clock.addAndGet(1_000_000); // the same Ctrl-C, passed on by a wrapper
        interruption.trigger();
        assertThat(halts).isEmpty();
        clock.addAndGet(1_000_000_000);
        interruption.trigger();
        assertThat(stopped).containsExactly("stopped");
        assertThat(halts).containsExactly(130);
    }

    @Test
    void afterACleanEndItEndsAtOnceAgain() {
        interruption.onInterrupt(() -> {});
        interruption.nothingUnderWay();
        interruption.trigger();
        assertThat(halts).containsExactly(130);
    }
}
