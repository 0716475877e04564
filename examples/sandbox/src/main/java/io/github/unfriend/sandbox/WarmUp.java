/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves some calls of its own before the first sandbox of a JVM is handed out: a judge whose classes are still being
 * loaded would stamp the first arrivals late and close together. A plain socket, so that no client code is warmed.
 */
final class WarmUp {

    private static final AtomicBoolean DONE = new AtomicBoolean();
    private static final int ACCOUNTS = 1000;
    private static final int CALLS = 120;
    private static final long LONGEST_NANOS = 1_000_000_000L;

    private WarmUp() {}

    static void once() {
        if (!DONE.compareAndSet(false, true)) {
            return;
        }
        SandboxOptions options =
                SandboxOptions.builder().warmUp(false).callsPerSecond(0).build();
        try (Sandbox sandbox = Sandbox.start(options);
                Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), sandbox.port())) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            long end = System.nanoTime() + LONGEST_NANOS;
            for (int call = 0; call < CALLS && System.nanoTime() < end; call++) {
                sandbox.friends().generate("owner-", 1, "friend-", ACCOUNTS, true);
                int accounts = call % 2 == 0 ? 1 : ACCOUNTS;
                request(socket.getOutputStream(), body(accounts));
                skipAnswer(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the sandbox cannot be reached on the loopback address", e);
        }
    }

    private static byte[] body(int accounts) {
        StringBuilder json = new StringBuilder(32 * accounts);
        json.append("{\"From_Account\":\"owner-00000\",\"DeleteType\":\"Delete_Type_Both\",\"To_Account\":[");
        for (int i = 0; i < accounts; i++) {
            json.append(i == 0 ? "\"" : ",\"")
                    .append(FriendLists.name("friend-", i))
                    .append('"');
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void request(OutputStream out, byte[] body) throws IOException {
        long now = System.currentTimeMillis() / 1000;
        String head = "POST " + Api.FRIEND_DELETE.path() + "?sdkappid=" + SandboxOptions.SDK_APP_ID + "&identifier="
                + SandboxOptions.ADMINISTRATOR + "&usersig="
                + UserSig.issue(
                        SandboxOptions.SECRET_KEY, SandboxOptions.ADMINISTRATOR, SandboxOptions.SDK_APP_ID, now, 600)
                + "&random=" + System.nanoTime() % 4294967296L
                + "&contenttype=json HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static void skipAnswer(DataInputStream in) throws IOException {
        int length = -1;
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.readUnsignedByte();
            if (next != '\n') {
                line.append((char) next);
                continue;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (text.isEmpty()) {
                break;
            }
            if (text.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(text.substring(15).strip());
            }
        }
        in.skipNBytes(Math.max(0, length));
    }
}
