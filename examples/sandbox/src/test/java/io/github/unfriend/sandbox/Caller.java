/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;

/** One connection to a sandbox on a plain socket, so that a test sees every byte and every end of a connection. */
final class Caller implements AutoCloseable {

    static final long NOW = System.currentTimeMillis() / 1000;
    private static final AtomicLong RANDOM = new AtomicLong(1);

    private final Socket socket;
    private final InputStream in;

    Caller(Sandbox sandbox) throws IOException {
        socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), sandbox.port());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    static String signature() {
        return signature(SandboxOptions.ADMINISTRATOR, NOW, 3600);
    }

    static String signature(String identifier, long time, long expire) {
        return UserSig.issue(SandboxOptions.SECRET_KEY, identifier, SandboxOptions.SDK_APP_ID, time, expire);
    }

    static Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        query.put("sdkappid", Long.toString(SandboxOptions.SDK_APP_ID));
        query.put("identifier", SandboxOptions.ADMINISTRATOR);
        query.put("usersig", signature());
        query.put("random", Long.toString(RANDOM.getAndIncrement()));
        query.put("contenttype", "json");
        return query;
    }

    static String delete(String from, String... to) {
        return delete("Delete_Type_Single", from, List.of(to));
    }

    static String delete(String type, String from, List<String> to) {
        return "{\"From_Account\":\"" + from + "\",\"To_Account\":[\"" + String.join("\",\"", to)
                + "\"],\"DeleteType\":\"" + type + "\"}";
    }

    static String deleteAll(String type, String from) {
        return "{\"From_Account\":\"" + from + "\",\"DeleteType\":\"" + type + "\"}";
    }

    /** A good call. */
    Reply call(Api api, String body) throws IOException {
        return call(api, query(), body);
    }

    Reply call(Api api, Map<String, String> query, String body) throws IOException {
        StringJoiner text = new StringJoiner("&");
        query.forEach((name, value) -> text.add(name + "=" + value));
        return request("POST", api.path() + "?" + text, body);
    }

    Reply request(String method, String target, String body) throws IOException {
        send(method, target, body);
        return read();
    }

    void send(Api api, String body) throws IOException {
        StringJoiner text = new StringJoiner("&");
        query().forEach((name, value) -> text.add(name + "=" + value));
        send("POST", api.path() + "?" + text, body);
    }

    private void send(String method, String target, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads an answer as far as it comes; {@link Reply#whole} tells whether all of it came. */
    Reply read() throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        Map<String, String> headers = new HashMap<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        int status = Integer.parseInt(head.get(0).substring(9, 12));
        return new Reply(status, headers, new String(body, StandardCharsets.UTF_8), body.length == length);
    }

    /** True when the server has closed the connection in good order. */
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended before the answer");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Reply(int status, Map<String, String> headers, String body, boolean whole) {
        int code() {
            int at = body.indexOf("\"ErrorCode\":") + 12;
            return Integer.parseInt(body.substring(at, body.indexOf(',', at)));
        }
    }
}
