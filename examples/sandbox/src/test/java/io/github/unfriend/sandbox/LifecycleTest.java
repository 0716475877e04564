/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static io.github.unfriend.sandbox.Caller.delete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

/** Starting, stopping, connections, TLS and compression. */
class LifecycleTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void severalRunSideBySideWithListsOfTheirOwn() throws IOException {
        try (Sandbox one = Sandbox.start();
                Sandbox other = Sandbox.start(
                        SandboxOptions.builder().sdkAppId(7).eventLoops(2).build());
                Caller toOne = new Caller(one);
                Caller toOther = new Caller(other)) {
            one.friends().befriend("a", "b");
            assertThat(one.uri()).hasToString("http://127.0.0.1:" + one.port());
            assertThat(toOne.call(Api.FRIEND_DELETE, delete("a", "b")).code()).isZero();
            assertThat(toOther.call(Api.FRIEND_DELETE, delete("a", "b")).code()).isEqualTo(70020);
            assertThat(other.score().calls()).isEqualTo(1);
            assertThat(one.score().calls()).isEqualTo(1);
        }
    }

    @Test
    void theWarmUpDoesNotShow() {
        try (Sandbox sandbox = Sandbox.start()) {
            assertThat(sandbox.score().calls()).isZero();
            assertThat(sandbox.score().connectionsOpened()).isZero();
            assertThat(sandbox.friends().accounts()).isZero();
        }
    }

    @Test
    void closingEndsEverythingAndFreesThePort() throws IOException {
        Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .faultPlan(FaultPlan.parse("stall=1", 1))
                .build());
        int port = sandbox.port();
        try (Caller stalled = new Caller(sandbox)) {
            stalled.send(Api.FRIEND_DELETE_ALL, "{}");
            Eventually.holds(() -> sandbox.score().calls() == 1);
            sandbox.close();
            assertThatThrownBy(stalled::read).isInstanceOf(IOException.class);
        }
        assertThat(sandbox.isDisposed()).isTrue();
        sandbox.close();
        sandbox.dispose();
        StepVerifier.create(sandbox.onDispose()).expectComplete().verify(LONG);
        assertThatThrownBy(() -> new Caller(sandbox).close()).isInstanceOf(ConnectException.class);
        try (Sandbox next = Sandbox.start(SandboxOptions.builder().port(port).build())) {
            assertThat(next.port()).isEqualTo(port);
        }
    }

    @Test
    void closedConnectionsCanBeReplaced() throws IOException {
        try (Sandbox sandbox = Sandbox.start();
                Caller first = new Caller(sandbox)) {
            first.call(Api.FRIEND_DELETE_ALL, "{}");
            sandbox.closeConnections();
            assertThat(first.isEnded()).isTrue();
            try (Caller second = new Caller(sandbox)) {
                assertThat(second.call(Api.FRIEND_DELETE_ALL, "{}").code()).isEqualTo(30001);
            }
            Eventually.holds(() -> sandbox.score().openConnections() == 0);
            assertThat(sandbox.score().connectionsOpened()).isEqualTo(2);
        }
    }

    @Test
    void connectionsEndPolitelyAfterSomeRequests() throws IOException {
        try (Sandbox sandbox = Sandbox.start(
                        SandboxOptions.builder().maxRequestsPerConnection(2).build());
                Caller caller = new Caller(sandbox)) {
            assertThat(caller.call(Api.FRIEND_DELETE_ALL, "{}").headers()).doesNotContainEntry("connection", "close");
            assertThat(caller.call(Api.FRIEND_DELETE_ALL, "{}").headers()).containsEntry("connection", "close");
            assertThat(caller.isEnded()).isTrue();
        }
    }

    @Test
    void idleConnectionsEnd() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                        .idleTimeout(Duration.ofMillis(50))
                        .build());
                Caller caller = new Caller(sandbox)) {
            caller.call(Api.FRIEND_DELETE_ALL, "{}");
            assertThat(caller.isEnded()).isTrue();
        }
    }

    @Test
    void optionsCanBeChangedFromOthers() throws IOException {
        SandboxOptions base =
                SandboxOptions.builder().administrator("boss").secretKey("hush").build();
        SandboxOptions changed = base.toBuilder().administrator("chief").build();
        assertThat(base.administrator()).isEqualTo("boss");
        assertThat(changed.administrator()).isEqualTo("chief");
        assertThat(changed.secretKey()).isEqualTo("hush");
        assertThat(changed.toString()).contains("chief").doesNotContain("hush");
    }

    @Test
    void https() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .tls(SslContextBuilder.forServer(certificate.toTempCertChainPem(), certificate.toTempPrivateKeyPem())
                        .build())
                .build())) {
            assertThat(sandbox.uri()).hasScheme("https");
            SslContext trusting = SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
            HttpClient client = HttpClient.newConnection().secure(tls -> tls.sslContext(trusting));
            assertThat(post(client, sandbox)).contains("30001");
            sandbox.misbehave(FaultPlan.parse("reset-before=1", 1));
            assertThatThrownBy(() -> post(client, sandbox)).hasRootCauseInstanceOf(IOException.class);
            sandbox.misbehave(FaultPlan.parse("cut=1", 1));
            assertThatThrownBy(() -> post(client, sandbox)).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void gzipIsForThoseWhoAskAndNotForSpoiledAnswers() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().gzip(true).build())) {
            HttpClient client = HttpClient.newConnection();
            assertThat(encoding(client.headers(headers -> headers.set("Accept-Encoding", "gzip")), sandbox))
                    .isEqualTo("gzip");
            assertThat(post(client.compress(true), sandbox)).contains("30001");
            assertThat(encoding(client, sandbox)).isEqualTo("none");
            sandbox.misbehave(FaultPlan.parse("drip=1", 1));
            assertThat(post(client.compress(true), sandbox)).contains("30001");
            sandbox.misbehave(FaultPlan.parse("cut=1", 1));
            assertThatThrownBy(() -> post(client.compress(true), sandbox)).hasRootCauseInstanceOf(IOException.class);
        }
    }

    private static String uri(Sandbox sandbox) {
        StringBuilder uri = new StringBuilder(sandbox.uri() + Api.FRIEND_DELETE_ALL.path() + "?");
        Caller.query().forEach((name, value) -> uri.append(name + "=" + value + "&"));
        return uri.substring(0, uri.length() - 1);
    }

    private static String post(HttpClient client, Sandbox sandbox) {
        return Objects.requireNonNull(client.post()
                .uri(uri(sandbox))
                .send(ByteBufMono.fromString(Mono.just("{}")))
                .responseContent()
                .aggregate()
                .asString()
                .block(LONG));
    }

    private static String encoding(HttpClient client, Sandbox sandbox) {
        return Objects.requireNonNull(client.post()
                .uri(uri(sandbox))
                .send(ByteBufMono.fromString(Mono.just("{}")))
                .responseSingle((response, content) ->
                        content.asString().thenReturn(response.responseHeaders().get("Content-Encoding", "none")))
                .block(LONG));
    }
}
