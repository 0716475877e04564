/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A peer that says what a test wants byte by byte, on a loopback socket; a thread for each connection. */
final class RawPeer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");
    private static final Pattern TO_ACCOUNTS = Pattern.compile("\"To_Account\":\\[([^\\]]*)\\]");
    private static final Pattern NAME = Pattern.compile("\"([^\"]*)\"");

    /** What the peer does on one connection; the connection is closed behind it. */
    interface Conversation {
        void talk(Line line) throws IOException, InterruptedException;
    }

    /** Everything that was asked, on whatever connection. */
    final Queue<String> requests = new ConcurrentLinkedQueue<>();

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final Conversation conversation;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    RawPeer(Conversation conversation) {
        this.conversation = conversation;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                int number = connections.incrementAndGet();
                daemon(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            conversation.talk(new Line(socket, number));
        } catch (IOException | InterruptedException gone) {
            // the other side has closed it, or the test is over
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer of the service with this body. */
    static String http(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    /** An answer that gives this code for each account that a request names. */
    static String answerTo(String request, int code) {
        StringBuilder items = new StringBuilder();
        Matcher list = TO_ACCOUNTS.matcher(request);
        if (list.find()) {
            Matcher name = NAME.matcher(list.group(1));
            while (name.find()) {
                items.append(items.isEmpty() ? "" : ",")
                        .append("{\"To_Account\":\"%s\",\"ResultCode\":%d,\"ResultInfo\":\"\"}"
                                .formatted(name.group(1), code));
            }
        }
        return http("{\"ResultItem\":[" + items + "],\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}");
    }

    /** One connection. */
    final class Line {

        private final Socket socket;
        private final InputStream in;
        private final int number;

        private Line(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.number = number;
        }

        /** 1 for the first connection. */
        int number() {
            return number;
        }

        /** How long to wait for the other side; then reading ends with a {@link java.net.SocketTimeoutException}. */
        void patience(int millis) throws IOException {
            socket.setSoTimeout(millis);
        }

        /** The next request, head and body; null when the other side has closed. */
        @Nullable
        String read() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return null;
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.UTF_8);
            Matcher length = LENGTH.matcher(text);
            String request = text
                    + (length.find()
                            ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                            : "");
            requests.add(request);
            return request;
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Reads and forgets until the other side closes. */
        void swallow() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
