/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An upload that breaks in the middle of a line: the torn line is never sent. */
@Timeout(60)
class BrokenChunkTest {

    private static final App APP = App.shared();

    /** "torn-friend" is what is left of "torn-friend-of-somebody-else". */
    private static String upload(String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), APP.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            StringBuilder head = new StringBuilder("POST /deletions HTTP/1.1\r\nHost: 127.0.0.1:" + APP.port()
                    + "\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            String lines = "whole-owner,whole-friend\ntorn-owner,torn-friend";
            head.append("\r\n")
                    .append(Integer.toHexString(lines.length()))
                    .append("\r\n")
                    .append(lines);
            out.write((head + "\r\nzz\r\n-of-somebody-else\n").getBytes(UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** The last line says what happened. */
    @Test
    void afterResultsHaveBegunTheStreamEndsWithAProblem() throws IOException {
        befriend();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), APP.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String whole = "whole-owner,whole-friend\n";
            String torn = "torn-owner,torn-friend";
            out.write(("POST /deletions HTTP/1.1\r\nHost: 127.0.0.1:" + APP.port()
                            + "\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(whole.length()) + "\r\n" + whole + "\r\n")
                    .getBytes(UTF_8));
            out.flush();
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\"outcome\":\"deleted\"") < 0) {
                answer.append((char) socket.getInputStream().read());
            }
            out.write((Integer.toHexString(torn.length()) + "\r\n" + torn + "\r\nzz\r\n-of-somebody-else\n")
                    .getBytes(UTF_8));
            out.flush();
            answer.append(new String(socket.getInputStream().readAllBytes(), UTF_8));
            assertThat(answer.toString())
                    .contains("whole-friend", "urn:unfriend:problem:broken-body")
                    .doesNotContain("torn-owner");
        }
        assertThat(isFriend("torn-owner", "torn-friend")).isTrue();
    }

    private static void befriend() {
        APP.sandbox().friends().befriend("whole-owner", "whole-friend").befriend("torn-owner", "torn-friend");
    }

    private static boolean isFriend(String from, String to) {
        return APP.sandbox().friends().areFriends(from, to);
    }

    @Test
    void inTheBackgroundNothingIsStarted() throws IOException {
        befriend();
        String answer = upload("Prefer: respond-async");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:unfriend:problem:broken-body");
        assertThat(isFriend("torn-owner", "torn-friend")).isTrue();
        assertThat(isFriend("whole-owner", "whole-friend")).isTrue();
    }

    @Test
    void streamedTheTornLineIsNotSent() throws IOException {
        befriend();
        String answer = upload();
        assertThat(isFriend("torn-owner", "torn-friend")).isTrue();
        assertThat(answer).doesNotContain("torn-owner");
        assertThat(answer).contains("whole-friend", "urn:unfriend:problem:broken-body");
    }
}
