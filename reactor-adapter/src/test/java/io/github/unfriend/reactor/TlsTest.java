/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Real TLS listeners with the right certificate, another host's, and one that nobody vouches for. */
class TlsTest {

    private static X509Bundle certificateOf(String host) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static List<ResultItem> delete(X509Bundle shown, X509Bundle trusted) throws Exception {
        SslContext server = SslContextBuilder.forServer(shown.getKeyPair().getPrivate(), shown.getCertificatePath())
                .build();
        SslContext client = SslContextBuilder.forClient()
                .trustManager(trusted.getCertificate())
                .build();
        try (Sandbox sandbox =
                Sandbox.start(SandboxOptions.builder().tls(server).build())) {
            sandbox.friends().befriend("alice", "bob");
            FriendGateway gateway = FriendGateway.builder()
                    .credentials(Sandboxes.CREDENTIALS)
                    .endpoint(URI.create("https://localhost:" + sandbox.port()))
                    .retry(RetryPolicy.builder()
                            .baseDelay(Duration.ofMillis(1))
                            .maxAttempts(2)
                            .build())
                    .httpClient(http -> http.secure(spec -> spec.sslContext(client)))
                    .build();
            List<ResultItem> items = Sandboxes.await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
            assertThat(sandbox.score().calls()).isEqualTo(items.get(0).outcome() == Outcome.DELETED ? 1 : 0);
            gateway.dispose();
            return items;
        }
    }

    @Test
    void callsGoThroughToTheRightHost() throws Exception {
        X509Bundle localhost = certificateOf("localhost");
        assertThat(delete(localhost, localhost)).containsExactly(new ResultItem("alice", "bob", 0, ""));
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedAndNothingIsSent() throws Exception {
        X509Bundle other = certificateOf("chat.example.com");
        assertThat(delete(other, other)).allMatch(item -> item.resultCode() == LocalCode.NOT_SENT);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedAndNothingIsSent() throws Exception {
        assertThat(delete(certificateOf("localhost"), certificateOf("localhost")))
                .allMatch(item -> item.resultCode() == LocalCode.NOT_SENT);
    }
}
