/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** An answer that must be a problem. */
record Problem(EntityExchangeResult<ProblemDetail> result) {

    static Problem of(WebTestClient.ResponseSpec response) {
        return new Problem(response.expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(ProblemDetail.class)
                .returnResult());
    }

    Problem is(int status, String name) {
        ProblemDetail problem = Objects.requireNonNull(result.getResponseBody());
        assertThat(result.getStatus().value()).isEqualTo(status);
        assertThat(problem.getStatus()).isEqualTo(status);
        assertThat(problem.getType()).hasToString("urn:unfriend:problem:" + name);
        assertThat(problem.getTitle()).isNotBlank();
        return this;
    }

    Problem says(String text) {
        assertThat(Objects.requireNonNull(result.getResponseBody()).getDetail()).contains(text);
        return this;
    }
}
