/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import io.github.unfriend.webflux.ExampleProperties;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Listening on the loopback address alone does not keep web pages out: any page that is open in a browser here may post
 * to it. So a request of a browser has to come from the own page. And the server answers to addresses, to localhost and
 * to the names in {@code example.hosts}: any other name may be that of a foreign page, which a foreign name server says is
 * here (DNS rebinding). On the loopback address only the names of that address count.
 *
 * <p>Behind a reverse proxy the own page has the name of the proxy. If {@code server.forward-headers-strategy} is set,
 * all requests come through a proxy. Then the name is the one in the headers of the proxy, and any name is accepted,
 * because the proxy decides which names it serves. If it is not set, a caller can write anything into these headers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BrowserGuard implements WebFilter {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Set<String> OWN_PAGE = Set.of("same-origin", "none");
    private static final Pattern SCHEME = Pattern.compile("^(https?)://", Pattern.CASE_INSENSITIVE);

    private final boolean behindAProxy;
    private final Set<String> hosts;

    @Autowired
    BrowserGuard(ServerProperties server, ExampleProperties example) {
        this(
                server.getForwardHeadersStrategy() != null
                        && server.getForwardHeadersStrategy() != ForwardHeadersStrategy.NONE,
                example.hosts());
    }

    BrowserGuard(boolean behindAProxy, Collection<String> hosts) {
        this.behindAProxy = behindAProxy;
        this.hosts = new HashSet<>();
        hosts.forEach(host -> this.hosts.add(host.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders headers = request.getHeaders();
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null && !OWN_PAGE.contains(site) && !isLinkToThePage(request)) {
            return refuse("This request comes from a page of another site. Use the page at / of this server.");
        }
        String own = behindAProxy
                ? request.getURI().getScheme() + "://" + request.getURI().getRawAuthority()
                : headers.getFirst(HttpHeaders.HOST);
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        if (origin != null && (own == null || !hostAndPort(origin).equalsIgnoreCase(hostAndPort(own)))) {
            return refuse("This request comes from a page of another site. Use the page at / of this server; behind a"
                    + " reverse proxy set server.forward-headers-strategy=framework, and let the proxy send"
                    + " X-Forwarded-Host and X-Forwarded-Proto.");
        }
        InetSocketAddress host = headers.getHost();
        if (!behindAProxy && isLoopback(request) && (host == null || !LOOPBACK.contains(host.getHostString()))) {
            return refuse("This server listens on the loopback address: call it by 127.0.0.1 or localhost. For a"
                    + " reverse proxy set server.forward-headers-strategy=framework.");
        }
        if (!behindAProxy && !isLoopback(request) && (host == null || !isAllowed(host.getHostString()))) {
            return refuse(
                    "This server does not know this name of its own: add it to example.hosts, or call the server by"
                            + " its address.");
        }
        return chain.filter(exchange);
    }

    /** No name server has a say in an address. */
    private boolean isAllowed(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || hosts.contains(name)
                || NetUtil.isValidIpV4Address(name)
                || NetUtil.isValidIpV6Address(name);
    }

    /** From a wiki or a chat, say; it opens the page and does nothing, and no other page may frame it. */
    private static boolean isLinkToThePage(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return HttpMethod.GET.equals(request.getMethod())
                && "/".equals(request.getURI().getPath())
                && "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
                && "document".equals(headers.getFirst("Sec-Fetch-Dest"));
    }

    /** Without the default port of the scheme: some clients write it, browsers do not. */
    private static String hostAndPort(String url) {
        Matcher scheme = SCHEME.matcher(url);
        if (!scheme.find()) {
            return url;
        }
        String usual = scheme.group(1).equalsIgnoreCase("https") ? ":443" : ":80";
        String rest = url.substring(scheme.end());
        return rest.endsWith(usual) ? rest.substring(0, rest.length() - usual.length()) : rest;
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
