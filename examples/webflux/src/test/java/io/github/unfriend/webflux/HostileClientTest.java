/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client can hold open without asking for anything is bounded. */
@Timeout(60)
class HostileClientTest {

    private static final App APP = App.shared();
    private static final int PATIENCE_MILLIS = 20_000;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), APP.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException stillOpen) {
            throw new UncheckedIOException(stillOpen);
        }
    }

    /** A byte now and then keeps the server's own timeouts from ending. */
    @Test
    void aHeadHasToComeInItsTime() throws Exception {
        Socket half = connect();
        send(half, "GET /deletions HTTP/1.1\r\nHost: 127.0.0.1");
        Socket slow = connect();
        long begin = System.nanoTime();
        try {
            for (char c : ("GET /deletions HTTP/1.1\r\nHost: 127.0.0.1:" + APP.port() + "\r\n\r\n").toCharArray()) {
                send(slow, String.valueOf(c));
                Thread.sleep(200);
            }
        } catch (SocketException closed) {
            // as it should be
        }
        assertThat(System.nanoTime() - begin)
                .isGreaterThanOrEqualTo(App.HEAD.toNanos())
                .isLessThan(App.HEAD.multipliedBy(4).toNanos());
        assertThat(isClosed(half)).isTrue();
        assertThat(isClosed(slow)).isTrue();
    }

    /** The time for a head is no time for an answer or a list. */
    @Test
    void aListMayTakeLongerThanAHead() throws Exception {
        Socket socket = connect();
        send(
                socket,
                "POST /deletions HTTP/1.1\r\nHost: 127.0.0.1:" + APP.port()
                        + "\r\nContent-Type: text/csv\r\nConnection: close\r\nContent-Length: 12\r\n\r\nnobody");
        Thread.sleep(App.HEAD.plusMillis(500).toMillis());
        send(socket, ",none\n");
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"from\":\"nobody\"");
    }

    @Test
    void streamsOfEventsAreCounted() throws Exception {
        String request = "GET /deletions/events HTTP/1.1\r\nHost: 127.0.0.1:" + APP.port() + "\r\n\r\n";
        for (int i = 0; i < App.EVENT_STREAMS; i++) {
            Socket reader = connect();
            send(reader, request);
            assertThat(new String(reader.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 200");
        }
        Socket oneMore = connect();
        send(oneMore, request);
        assertThat(new String(oneMore.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 429");
        sockets.get(0).close();
        for (int status = 429; status == 429; ) { // the server has to hear of it
            Socket next = connect();
            send(next, request);
            String line = new String(next.getInputStream().readNBytes(12), UTF_8);
            status = Integer.parseInt(line.substring(9));
            Thread.sleep(100);
        }
    }

    @Test
    void connectionsAreCounted() throws Exception {
        for (int i = 0; i < 2 * App.CONNECTIONS; i++) {
            connect().setSoTimeout(1);
        }
        int closed = 0;
        while (closed < App.CONNECTIONS) { // those of other tests may go later
            closed = 0;
            for (Socket socket : sockets) {
                closed += isClosedNow(socket) ? 1 : 0;
            }
        }
        close();
        for (boolean answered = false; !answered; ) { // the server has to hear of it
            answered = isAnswered();
        }
    }

    private static boolean isClosedNow(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private boolean isAnswered() throws IOException {
        try {
            Socket honest = connect();
            send(honest, "GET /deletions HTTP/1.1\r\nHost: 127.0.0.1:" + APP.port() + "\r\nConnection: close\r\n\r\n");
            return new String(honest.getInputStream().readAllBytes(), UTF_8).startsWith("HTTP/1.1 200");
        } catch (SocketException notYet) {
            return false;
        }
    }
}
