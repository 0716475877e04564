/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/**
 * Puts BlockHound over all tests. Not by its own listener: that one instruments each JVM that loads it, also Maven's, which
 * looks for tests before it divides them between processes.
 */
public final class BlockHoundInstaller implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        BlockHound.install();
    }
}
