/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(Texts.clean("Err_SNS_FriendDelete_Not_Friend: 用户 😀"))
                .isEqualTo("Err_SNS_FriendDelete_Not_Friend: 用户 😀");
    }

    @Test
    void makesOneLine() {
        assertThat(Texts.clean("a\r\nb\u0000c\u2028d\u001b[31m")).isEqualTo("a b c d [31m");
    }

    @Test
    void takesOutTheControlCharactersBeyondAscii() {
        assertThat(Texts.clean("a\u0085b\u009b31mc")).isEqualTo("a b 31mc");
    }

    @Tag("promise-6")
    @Test
    void takesOutWhatTurnsTheDirectionOfWriting() {
        assertThat(Texts.clean("a\u202eb\u2066c\u200fd\u061ce")).isEqualTo("a b c d e");
    }

    @Test
    void hidesWhatCouldBeASignature() {
        assertThat(Texts.clean("sig " + "aZ09*-_".repeat(30) + ", id 12345678901234567890123456789012"))
                .isEqualTo("sig ***, id 12345678901234567890123456789012");
    }

    @Test
    void cutsLongText() {
        assertThat(Texts.clean("ab ".repeat(100_000))).hasSize(301).endsWith("…");
    }

    @Property
    void isShortAndOnOneLineWhateverComes(@ForAll String text) {
        assertThat(Texts.clean(text)).hasSizeLessThanOrEqualTo(301).doesNotContain("\n", "\r", "\u0000");
    }
}
