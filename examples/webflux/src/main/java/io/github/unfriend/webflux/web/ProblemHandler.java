/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import io.netty.channel.unix.Errors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Answers every error with {@code application/problem+json}; before Boot's own handler, which answers pages. */
@Component
@Order(-2)
class ProblemHandler implements WebExceptionHandler {

    private static final Log LOG = LogFactory.getLog(ProblemHandler.class);
    private static final int INTERNAL = 500;
    private static final String SECONDS_TO_WAIT = "5";

    private final JsonMapper json;

    ProblemHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted() || isGone(error)) {
            return Mono.error(error);
        }
        ProblemDetail problem = Problems.of(error);
        if (problem.getStatus() == INTERNAL) {
            LOG.error("Unexpected error at " + exchange.getRequest().getPath(), error);
        }
        response.setRawStatusCode(problem.getStatus());
        if (error instanceof ErrorResponse ofSpring) {
            response.getHeaders().putAll(ofSpring.getHeaders()); // such as Allow
        }
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
        if (problem.getStatus() == 429 || problem.getStatus() == 503) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
        }
        byte[] body = json.writeValueAsBytes(problem);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** Nobody is there to be answered. */
    private static boolean isGone(Throwable error) {
        return error instanceof AbortedException || error instanceof Errors.NativeIoException;
    }
}
