/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where lines end, whatever the pieces are. */
class LineCutterTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void numbersTextsAndEnds(int piece) {
        byte[] bytes = "\uFEFFå\r\n\nb\rc\r\r\nlast".getBytes(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        LineCutter cutter = new LineCutter(
                line -> lines.add(line.number() + " " + line.text() + " " + line.isTerminated() + " " + line.end()));
        for (int i = 0; i < bytes.length; i += piece) {
            cutter.take(bytes, i, Math.min(bytes.length, i + piece));
        }
        cutter.finish();
        assertThat(lines)
                .containsExactly(
                        "1 å true 6", "2  true 8", "3 b true 10", "4 c true 12", "5  true 13", "6 last false 18");
    }
}
