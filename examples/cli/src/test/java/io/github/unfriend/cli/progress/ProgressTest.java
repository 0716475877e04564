/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.Credentials;
import io.github.unfriend.cli.output.Tally;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final Pacer pacer = Pacer.builder().callsPerSecond(20).build();
    private final FriendGateway gateway = FriendGateway.builder()
            .credentials(Credentials.of(1_400_000_000, "administrator", "0123456789abcdef"))
            .endpoint(URI.create("http://127.0.0.1:1"))
            .pacer(pacer)
            .build();
    private final AtomicLong skipped = new AtomicLong();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @AfterEach
    void dispose() {
        gateway.dispose();
        pacer.dispose();
    }

    private String shown(Progress.Style style, long total, int columns) {
        Meter meter = new Meter(new Tally(), skipped, total, gateway, Api.FRIEND_DELETE);
        Progress.start(err, meter, style, columns).close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theBarIsDrawnOverInOneLine() {
        skipped.set(5000);
        assertThat(shown(Progress.Style.BAR, 10_000, 100))
                .startsWith("\r[####")
                .contains("....] 5,000/10,000", "/20 calls/s", "0 failed")
                .doesNotContain("\u001b")
                .endsWith(System.lineSeparator());
    }

    @Test
    void withoutATotalThereIsNoBarAndNoTimeLeft() {
        assertThat(shown(Progress.Style.BAR, -1, 80)).startsWith("\r0  ").doesNotContain("[", "left");
    }

    @Test
    void aNarrowTerminalIsNotWrapped() {
        for (String line : shown(Progress.Style.BAR, 10_000, 30).strip().split("\r", -1)) {
            assertThat(line).hasSizeLessThan(30);
        }
    }

    @Test
    void withoutATerminalAFastRunShowsNoLine() {
        assertThat(shown(Progress.Style.LINES, 10_000, 80)).isEmpty();
        assertThat(shown(Progress.Style.NONE, 10_000, 80)).isEmpty();
    }

    @Test
    void numbersAndTimesForHumans() {
        assertThat(Progress.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Progress.time(0.2)).isEqualTo("0:01");
        assertThat(Progress.time(754)).isEqualTo("12:34");
        assertThat(Progress.time(3723)).isEqualTo("1:02:03");
    }
}
