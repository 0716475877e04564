/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.DeleteType;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.ProxyProvider;

/** What a user's hook may do to the HTTP client, and what is refused when the gateway is built (W12, W13). */
@Tag("promise-5")
class ClientHookTest {

    private static FriendGatewayBuilder builder(UnaryOperator<HttpClient> hook) {
        return FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .endpoint(URI.create("http://127.0.0.1:1"))
                .httpClient(hook);
    }

    @Test
    void aProxyResolvesTheNameOfTheService() {
        try (RawPeer proxy = new RawPeer(line -> {
            line.read();
            line.write("HTTP/1.1 200 Connection established\r\n\r\n");
            for (String request = line.read(); request != null; request = line.read()) {
                line.write(RawPeer.answerTo(request, 0));
            }
        })) {
            FriendGateway gateway = FriendGateway.builder()
                    .credentials(Sandboxes.CREDENTIALS)
                    .endpoint(URI.create("http://service.only-the-proxy-knows.invalid:8080"))
                    .allowPlainHttp()
                    .httpClient(client -> client.proxy(spec -> spec.type(ProxyProvider.Proxy.HTTP)
                            .host("127.0.0.1")
                            .port(proxy.uri().getPort())))
                    .retry(RetryPolicy.builder().maxAttempts(1).build())
                    .build();
            assertThat(await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))))
                    .extracting(ResultItem::outcome)
                    .containsExactly(Outcome.DELETED);
            assertThat(proxy.requests.peek()).startsWith("CONNECT service.only-the-proxy-knows.invalid:8080 HTTP/1.1");
            gateway.dispose();
        }
    }

    @Test
    void anotherClientIsRefused() {
        assertThatThrownBy(() -> builder(client -> HttpClient.create()).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("httpClient")
                .hasMessageContaining("comes in");
    }

    @Test
    void anotherPoolIsRefused() {
        assertThatThrownBy(() -> builder(client -> HttpClient.create(ConnectionProvider.create("mine"))
                                .protocol(HttpProtocol.HTTP11))
                        .build())
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void anotherProtocolIsRefused() {
        assertThatThrownBy(() ->
                        builder(client -> client.protocol(HttpProtocol.H2C)).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("HTTP/1.1");
        assertThatThrownBy(() -> builder(client -> client.protocol(HttpProtocol.HTTP11, HttpProtocol.H2))
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("HTTP/1.1");
    }

    @Test
    void aHookThatGivesNothingOrThrowsIsNamed() {
        assertThatThrownBy(() -> builder(client -> null).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("httpClient");
    }

    @Test
    void aRetryOrARedirectOfTheClientsOwnIsRefused() {
        assertThatThrownBy(() -> builder(client -> client.disableRetry(false)).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("disableRetry");
        assertThatThrownBy(() -> builder(client -> client.followRedirect(true)).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("followRedirect");
    }

    @Test
    void whatAUserMayWantIsAccepted() {
        builder(client -> client.compress(false)
                        .headers(headers -> headers.set("X-Trace", "1"))
                        .secure()
                        .doOnConnected(connection -> {})
                        .doOnChannelInit((observer, channel, address) -> {}))
                .build()
                .dispose();
    }
}
