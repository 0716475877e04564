/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Bare sockets, whose reader reads as it likes: nothing between it and the server reads ahead. */
@Tag("promise-3")
class SlowReaderTest {

    private static final App APP = App.shared();
    private static final int ACCOUNTS_IN_A_CALL = 1000;
    /** What is under way or read ahead when the reader stops, and what the buffers of two sockets and the server hold. */
    private static final int MOST_CALLS_UNREAD = 400;
    /** What room there is for once more while a part of a buffer is read. */
    private static final int MOST_CALLS_FOR_A_PART = 100;

    private static final long MIB = 1 << 20;

    private static byte[] call(int owner) {
        return chunk(IntStream.range(0, ACCOUNTS_IN_A_CALL)
                .mapToObj(friend -> "nobody-" + owner + ",x" + friend + "\n")
                .collect(Collectors.joining()));
    }

    private static byte[] chunk(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Socket post() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 14);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), APP.port()));
        socket.getOutputStream()
                .write(("POST /deletions HTTP/1.1\r\nHost: 127.0.0.1:" + APP.port()
                                + "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Sends as fast as it is let, until the socket is closed. */
    private static void sendWithoutEnd(Socket socket) {
        Schedulers.boundedElastic().schedule(() -> {
            try {
                OutputStream out = socket.getOutputStream();
                for (int owner = 0; owner < Integer.MAX_VALUE; owner++) {
                    out.write(call(owner));
                }
            } catch (IOException closed) {
                // as it should be
            }
        });
    }

    private static long calls() {
        return APP.sandbox().score().calls();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void aReaderOf20KilobytesASecondHoldsTheCallsBackAndFillsNoMemory() throws IOException {
        // one call for each owner: those of a From_Account that does not exist are halved
        IntStream.range(0, 10_000).forEach(owner -> APP.sandbox().friends().addAccount("nobody-" + owner));
        long before = calls();
        try (Socket socket = post()) {
            InputStream in = socket.getInputStream();
            sendWithoutEnd(socket);
            assertThat(in.read()).isPositive();
            App.standsStill(SlowReaderTest::calls);
            long unread = calls();
            assertThat(unread - before).isLessThan(MOST_CALLS_UNREAD);
            long heap = heap();

            byte[] tenthOfASecond = new byte[2048];
            for (int i = 0; i < 80; i++) {
                assertThat(in.readNBytes(tenthOfASecond, 0, tenthOfASecond.length))
                        .isEqualTo(tenthOfASecond.length);
                Mono.delay(Duration.ofMillis(100)).block();
            }

            assertThat(calls() - unread)
                    .as("at the full rate there were some 1,600")
                    .isLessThan(MOST_CALLS_FOR_A_PART);
            assertThat(heap() - heap).isLessThan(16 * MIB);
            assertThat(APP.latest()).containsEntry("state", "RUNNING");

            byte[] much = new byte[1 << 16];
            while (calls() - unread < 2 * MOST_CALLS_FOR_A_PART) {
                assertThat(in.read(much)).isPositive();
            }
        }
        App.eventually(() -> Objects.equals(APP.latest().get("state"), "CANCELLED"));
    }

    /**
     * While it is paused the server neither reads the list nor writes results, so that it does not see the end of the
     * connection behind the unread part of the list.
     */
    @Test
    void whoLeavesWhileItIsPausedGivesThePlaceBack() throws IOException {
        String id;
        try (Socket socket = post()) {
            InputStream in = socket.getInputStream();
            socket.getOutputStream().write(chunk("nobody-1,x1\n"));
            assertThat(in.read()).isPositive();
            id = String.valueOf(APP.latest().get("id"));
            assertThat(APP.act(HttpMethod.POST, "/deletions/" + id + "/pause")).containsEntry("state", "PAUSED");
            sendWithoutEnd(socket);
            App.standsStill(SlowReaderTest::calls);
            in.skipNBytes(in.available()); // what is unread would tell the server by a reset
        }
        App.eventually(() -> Objects.equals(APP.state(id), "CANCELLED"));
    }
}
