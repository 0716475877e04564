/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdsTest {

    @ParameterizedTest
    @NullAndEmptySource
    void refusesNothing(String userId) {
        assertThat(UserIds.problemWith(userId)).isEqualTo("UserID is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "a", "a b", "@TGS#_x", "\"\\/", "\u0000", "用户", "😀", "12345678901234567890123456789012"})
    void letsOddCharactersThrough(String userId) {
        assertThat(UserIds.problemWith(userId)).isNull();
    }

    @Test
    void allows32BytesAndNoMore() {
        assertThat(UserIds.problemWith("é".repeat(16))).isNull();
        assertThat(UserIds.problemWith("é".repeat(16) + "e"))
                .isEqualTo("UserID has 33 bytes in UTF-8, the service allows 32");
        assertThat(UserIds.problemWith("😀".repeat(8))).isNull();
        assertThat(UserIds.problemWith("😀".repeat(9))).contains("36 bytes");
        assertThat(UserIds.problemWith("用".repeat(11))).contains("33 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
    void refusesHalfACharacter(String userId) {
        assertThat(UserIds.problemWith(userId)).contains("unpaired surrogate");
    }

    @Property
    void agreesWithTheEncoderOfThePlatform(@ForAll @StringLength(min = 1, max = 40) String userId) {
        boolean encodable = UTF_8.newEncoder().canEncode(userId);
        boolean fits = userId.getBytes(UTF_8).length <= UserIds.MAX_BYTES;
        assertThat(UserIds.problemWith(userId) == null).isEqualTo(encodable && fits);
    }
}
