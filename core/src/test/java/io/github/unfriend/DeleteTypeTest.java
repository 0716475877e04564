/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeleteTypeTest {

    @Test
    void speaksTheNamesOfTheDocuments() {
        assertThat(DeleteType.SINGLE.wireName()).isEqualTo("Delete_Type_Single");
        assertThat(DeleteType.BOTH.wireName()).isEqualTo("Delete_Type_Both");
    }
}
