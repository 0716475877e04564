/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Listening on the loopback address alone does not keep web pages out: any page that is open in a browser here may post
 * to it. So a request of a browser has to come from the own page, and a server on the loopback address answers to the
 * names of that address only, whatever a foreign name server says (DNS rebinding).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class BrowserGuard implements WebFilter {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Set<String> OWN_PAGE = Set.of("same-origin", "none");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String site = request.getHeaders().getFirst("Sec-Fetch-Site");
        if (site != null && !OWN_PAGE.contains(site)) {
            return refuse("This request comes from a page of another site. Use the page at / of this server.");
        }
        InetSocketAddress host = request.getHeaders().getHost();
        String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
        if (origin != null
                && !origin.replaceFirst("^https?://", "")
                        .equals(request.getHeaders().getFirst("Host"))) {
            return refuse("This request comes from a page of another site. Use the page at / of this server.");
        }
        if (isLoopback(request) && (host == null || !LOOPBACK.contains(host.getHostString()))) {
            return refuse("This server listens on the loopback address: call it by 127.0.0.1 or localhost.");
        }
        return chain.filter(exchange);
    }

    private static boolean isLoopback(ServerHttpRequest request) {
        InetSocketAddress local = request.getLocalAddress();
        InetAddress address = local == null ? null : local.getAddress();
        return address != null && address.isLoopbackAddress();
    }

    private static Mono<Void> refuse(String detail) {
        return Mono.error(new ProblemException(HttpStatus.FORBIDDEN, "foreign-page", detail));
    }
}
