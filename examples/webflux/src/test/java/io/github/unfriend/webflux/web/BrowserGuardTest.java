/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** The page behind a proxy of this host, which forwards to the loopback address; and what pretends to be one. */
class BrowserGuardTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);

    /** The way of a request through the server: the transformer is there if and only if the strategy is framework. */
    private static boolean letsIn(boolean behindAProxy, String... headers) {
        return letsIn(LOOPBACK, behindAProxy, headers);
    }

    private static boolean letsIn(InetSocketAddress listensOn, boolean behindAProxy, String... headers) {
        AtomicBoolean in = new AtomicBoolean();
        WebHttpHandlerBuilder server = WebHttpHandlerBuilder.webHandler(exchange -> {
                    in.set(true);
                    return Mono.empty();
                })
                .filter(new BrowserGuard(behindAProxy, List.of("unfriend.example")))
                .exceptionHandler((exchange, error) -> error instanceof ProblemException problem
                                && problem.name().equals("foreign-page")
                        ? Mono.empty()
                        : Mono.error(error));
        if (behindAProxy) {
            server.forwardedHeaderTransformer(new ForwardedHeaderTransformer());
        }
        String host = "127.0.0.1:8080";
        for (int i = 0; i < headers.length; i += 2) {
            host = headers[i].equals("Host") ? headers[i + 1] : host;
        }
        MockServerHttpRequest.BodyBuilder request =
                MockServerHttpRequest.post("http://" + host + "/deletions").localAddress(listensOn);
        request.header("Host", host);
        for (int i = 0; i < headers.length; i += 2) {
            if (!headers[i].equals("Host")) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        server.build().handle(request.build(), new MockServerHttpResponse()).block();
        return in.get();
    }

    @ParameterizedTest
    @CsvSource({
        "https://unfriend.example, unfriend.example, https",
        "https://unfriend.example, unfriend.example:443, https",
        "https://unfriend.example:8443, unfriend.example:8443, https",
        "http://unfriend.example, unfriend.example, http",
        "https://UNFRIEND.example, unfriend.EXAMPLE, https"
    })
    void aProxyThatIsConfiguredIsBelieved(String origin, String host, String proto) {
        assertThat(letsIn(
                        true,
                        "Origin",
                        origin,
                        "X-Forwarded-Host",
                        host,
                        "X-Forwarded-Proto",
                        proto,
                        "Sec-Fetch-Site",
                        "same-origin"))
                .isTrue();
        assertThat(letsIn(true, "Origin", origin, "Forwarded", "host=\"" + host + "\";proto=" + proto))
                .isTrue();
    }

    @Test
    void aProxyMayHandOnTheHostAsItIs() {
        assertThat(letsIn(true, "Origin", "https://unfriend.example", "Host", "unfriend.example"))
                .isTrue();
    }

    @Test
    void aPageOfAnotherSiteIsRefusedBehindAProxyToo() {
        assertThat(letsIn(true, "Origin", "https://evil.example", "X-Forwarded-Host", "unfriend.example"))
                .isFalse();
        assertThat(letsIn(true, "Sec-Fetch-Site", "cross-site", "X-Forwarded-Host", "unfriend.example"))
                .isFalse();
        assertThat(letsIn(true, "Origin", "null", "X-Forwarded-Host", "unfriend.example"))
                .isFalse();
    }

    /** A foreign name server leads its own name here; the page may write any header that it likes. */
    @Test
    void withoutConfigurationThoseHeadersAreWordsOfTheCaller() {
        assertThat(letsIn(false, "Host", "evil.example", "X-Forwarded-Host", "localhost"))
                .isFalse();
        assertThat(letsIn(false, "Origin", "http://evil.example", "X-Forwarded-Host", "evil.example"))
                .isFalse();
        assertThat(letsIn(false, "Origin", "http://127.0.0.1:8080")).isTrue();
        assertThat(letsIn(false, "Host", "localhost:8080", "Origin", "http://localhost:8080"))
                .isTrue();
    }

    @Test
    void aLinkOnAnotherSiteOpensThePageAndNothingElse() {
        assertThat(opens("/", "document")).isTrue();
        assertThat(opens("/", "iframe")).isFalse();
        assertThat(opens("/deletions", "document")).isFalse();
    }

    /** DNS rebinding: a foreign name that a foreign name server says is this machine. */
    @Test
    void onAnyAddressTheServerKnowsItsNames() {
        InetSocketAddress lan = new InetSocketAddress("192.168.1.7", 8080);
        assertThat(letsIn(lan, false, "Host", "192.168.1.7:8080")).isTrue();
        assertThat(letsIn(lan, false, "Host", "[fd00::7]:8080")).isTrue();
        assertThat(letsIn(lan, false, "Host", "localhost:8080")).isTrue();
        assertThat(letsIn(lan, false, "Host", "unfriend.example:8080")).isTrue();
        assertThat(letsIn(lan, false, "Host", "Unfriend.Example")).isTrue();
        assertThat(letsIn(lan, false, "Host", "rebound.example:8080")).isFalse();
        assertThat(letsIn(lan, false, "Host", "192.168.1.7.example")).isFalse();
        assertThat(letsIn(LOOPBACK, false, "Host", "unfriend.example")).isFalse();
        assertThat(letsIn(lan, true, "Host", "any.example")).isTrue();
    }

    private static boolean opens(String path, String destination) {
        AtomicBoolean in = new AtomicBoolean();
        MockServerWebExchange exchange =
                MockServerWebExchange.from(MockServerHttpRequest.get("http://127.0.0.1:8080" + path)
                        .localAddress(LOOPBACK)
                        .header("Host", "127.0.0.1:8080")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", destination));
        new BrowserGuard(false, List.of())
                .filter(exchange, passed -> Mono.fromRunnable(() -> in.set(true)))
                .onErrorComplete(ProblemException.class)
                .block();
        return in.get();
    }
}
