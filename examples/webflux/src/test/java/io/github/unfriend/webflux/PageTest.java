/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** What a browser gets, and what it may do. */
class PageTest {

    private static final App APP = App.shared();
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"#]+)\"|from '([^']+)'");

    private static String get(String path) {
        return Objects.requireNonNull(APP.client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void everythingThePageLoadsIsHere() {
        String page = get("/");
        assertThat(page)
                .contains("<title>Unfriend</title>")
                .doesNotContain("style=", "onclick=", "http://", "https://");
        assertThat(LINK.matcher(page).results().map(link -> link.group(1)))
                .hasSizeGreaterThan(4)
                .allSatisfy(path -> assertThat(path).startsWith("/"))
                .allSatisfy(path -> assertThat(get(path)).isNotEmpty());
        assertThat(LINK.matcher(get("/js/main.js")).results().map((MatchResult link) -> link.group(2)))
                .hasSizeGreaterThan(4)
                .allSatisfy(path -> assertThat(get("/js/" + path.substring(2))).isNotEmpty());
    }

    @Test
    void anUnchangedPageIsNotSentAgain() {
        String tag = Objects.requireNonNull(APP.client()
                .get()
                .uri("/chart.js")
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag());
        APP.client()
                .get()
                .uri("/chart.js")
                .header(HttpHeaders.IF_NONE_MATCH, tag)
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
    }

    @Test
    void theBrowserIsToldToLoadNothingFromElsewhere() {
        APP.client()
                .get()
                .uri("/")
                .exchange()
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                                .doesNotContain("unsafe"))
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectBody()
                .returnResult();
    }

    @Test
    void pagesOfOtherSitesMayDoNothing() {
        for (Map.Entry<String, String> header : Map.of(
                        "Sec-Fetch-Site",
                        "cross-site",
                        HttpHeaders.ORIGIN,
                        "http://evil.example",
                        HttpHeaders.HOST,
                        "evil.example")
                .entrySet()) {
            Problem.of(APP.client()
                            .post()
                            .uri("/deletions")
                            .header(header.getKey(), header.getValue())
                            .contentType(MediaType.TEXT_PLAIN)
                            .bodyValue("alice,bob")
                            .exchange())
                    .is(403, "foreign-page");
        }
        APP.client()
                .get()
                .uri("/deletions")
                .header("Sec-Fetch-Site", "same-origin")
                .header(HttpHeaders.ORIGIN, "http://127.0.0.1:" + APP.port())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
    }

    @Test
    void healthAndMetricsAreThere() {
        APP.start("", "nobody,x");
        App.eventually(() -> APP.latest().containsValue("DONE"));
        assertThat(get("/actuator/health")).contains("\"status\":\"UP\"", "unfriend");
        assertThat(get("/actuator/prometheus")).contains("unfriend_call_seconds_bucket", "unfriend_pacer_limit");
    }
}
