/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DelayingProxyTest {

    private static final long MILLI = 1_000_000L;

    @Test
    void bytesArriveLateAndInOrderAndTheEndAfterThem() throws IOException {
        ConnectionDelays shrinking = new ConnectionDelays() {
            private long delay = 200 * MILLI;

            @Override
            public long requestLeaves(long now) {
                delay /= 2;
                return now + 2 * delay;
            }
        };
        try (ServerSocket judge = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DelayingProxy proxy = DelayingProxy.before(judge.getLocalPort(), () -> shrinking);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket server = judge.accept()) {
            client.setTcpNoDelay(true);
            long start = System.nanoTime();
            StringBuilder sent = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                String piece = i + " ";
                sent.append(piece);
                client.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
            }
            client.shutdownOutput();
            int first = server.getInputStream().read();
            assertThat(System.nanoTime() - start).isGreaterThan(195 * MILLI);
            String rest = new String(server.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat((char) first + rest).isEqualTo(sent.toString());
        }
    }

    @Test
    void answersComeBack() throws IOException {
        ConnectionDelays none = now -> now;
        try (ServerSocket judge = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DelayingProxy proxy = DelayingProxy.before(judge.getLocalPort(), () -> none);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket server = judge.accept()) {
            client.getOutputStream().write(7);
            assertThat(server.getInputStream().read()).isEqualTo(7);
            server.getOutputStream().write(8);
            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }
}
