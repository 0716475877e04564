/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchModelTest {

    @Test
    void anOrderedInputNeedsTheFewestCalls() {
        BatchModel model = new BatchModel(1);
        for (int owner = 0; owner < 5; owner++) {
            for (int i = 0; i < 2500; i++) {
                model.add("owner-" + owner);
            }
        }
        assertThat(model.calls()).isEqualTo(15);
        assertThat(model.fewest()).isEqualTo(15);
    }

    @Test
    void whenMemoryIsFullTheFullestGroupLeaves() {
        BatchModel model = new BatchModel(1); // room for 2,000
        for (int i = 0; i < 1999; i++) {
            model.add("owner-" + i);
        }
        assertThat(model.calls()).isEqualTo(1999);
        model.add("owner-7"); // 2,000 held: owner-7 leaves with two
        model.add("owner-7");
        assertThat(model.calls()).isEqualTo(2000);
        assertThat(model.fewest()).isEqualTo(1999);
    }
}
