/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Serves the live page and all that it loads from memory. Reading them from the jar would block the event loop, and all
 * of them together are smaller than the buffers of one request.
 */
@Configuration(proxyBeanMethods = false)
class Page {

    private static final String FILES = "classpath:/static/";
    private static final String CHARTS = "classpath*:/META-INF/resources/webjars/chart.js/*/dist/chart.umd.min.js";

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    @Bean
    RouterFunction<ServerResponse> routesOfThePage(ResourcePatternResolver resources) throws IOException {
        Map<String, Content> files = new HashMap<>();
        String root = resources.getResource(FILES).getURL().toString();
        for (Resource file : resources.getResources(FILES + "**/*.*")) {
            String path = file.getURL().toString().substring(root.length());
            files.put(path.equals("index.html") ? "/" : "/" + path, Content.of(file));
        }
        files.put("/chart.js", Content.of(resources.getResources(CHARTS)[0]));
        return RouterFunctions.route(
                request -> READS.contains(request.method()) && files.containsKey(request.path()),
                request -> Objects.requireNonNull(files.get(request.path())).answer());
    }

    private static final class Content {
        private final byte[] bytes;
        private final MediaType type;
        private final String tag;

        private Content(byte[] bytes, MediaType type) {
            this.bytes = bytes;
            this.type = type;
            this.tag = '"' + DigestUtils.md5DigestAsHex(bytes) + '"';
        }

        static Content of(Resource file) throws IOException {
            MediaType type = MediaTypeFactory.getMediaType(file).orElse(MediaType.APPLICATION_OCTET_STREAM);
            return new Content(file.getContentAsByteArray(), new MediaType(type, StandardCharsets.UTF_8));
        }

        /** A browser asks every time, and gets 304 while nothing has changed. */
        Mono<ServerResponse> answer() {
            return ServerResponse.ok()
                    .contentType(type)
                    .cacheControl(CacheControl.noCache())
                    .eTag(tag)
                    .bodyValue(bytes);
        }
    }
}
