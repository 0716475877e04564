/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControlCharactersTest {

    @Test
    void areShownAsNumbers() {
        assertThat(ControlCharacters.escaped("é\tb\n\u001b[2J\r\n\u0085\r\u202e"))
                .isEqualTo("é\tb\n\\u001b[2J\r\n\\u0085\\u000d\\u202e");
    }
}
