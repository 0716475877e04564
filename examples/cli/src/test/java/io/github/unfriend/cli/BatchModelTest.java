/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchModelTest {

    @Test
    void anOrderedInputNeedsTheFewestCalls() {
        BatchModel model = new BatchModel();
        for (int owner = 0; owner < 5; owner++) {
            for (int i = 0; i < 2500; i++) {
                model.add("owner-" + owner);
            }
        }
        assertThat(model.calls()).isEqualTo(15);
        assertThat(model.fewest()).isEqualTo(15);
    }

    @Test
    void aGroupThatDoesNotGrowLeaves() {
        BatchModel model = new BatchModel();
        for (int round = 0; round < 2; round++) {
            for (int owner = 0; owner < 4001; owner++) {
                model.add("owner-" + owner);
            }
        }
        assertThat(model.calls()).as("each left alone").isEqualTo(2 * 4001);
        assertThat(model.fewest()).isEqualTo(4001);
    }

    @Test
    void whenMemoryIsFullTheFullestGroupLeaves() {
        BatchModel model = new BatchModel();
        for (int i = 0; i < 128_000; i++) {
            model.add("owner-" + i % 400);
        }
        assertThat(model.calls()).as("one left with 320").isEqualTo(400);
        model.add("owner-0");
        assertThat(model.calls()).isEqualTo(401);
        assertThat(model.fewest()).isEqualTo(400);
    }
}
