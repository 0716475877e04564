/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.HttpRefusalException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.UnfriendException;
import io.github.unfriend.lists.BadLineException;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/** What goes wrong, as RFC 9457 problem details: {@code type} for programs, {@code detail} with what to do for people. */
public final class Problems {

    private Problems() {}

    /**
     * Describes an error.
     *
     * @param error any
     * @return a problem that shows no internals of unexpected errors
     */
    public static ProblemDetail of(Throwable error) {
        if (error instanceof ProblemException problem) {
            return problem(problem.status(), problem.name(), String.valueOf(problem.getMessage()));
        }
        if (error instanceof BadLineException) {
            return problem(HttpStatus.BAD_REQUEST, "bad-line", String.valueOf(error.getMessage()));
        }
        if (error instanceof FatalRefusalException refusal) {
            ProblemDetail detail = problem(HttpStatus.BAD_GATEWAY, "refused", String.valueOf(refusal.getMessage()));
            detail.setProperty("code", refusal.errorCode().number());
            detail.setProperty("withoutResult", refusal.withoutResult());
            return detail;
        }
        if (error instanceof HttpRefusalException refusal) {
            ProblemDetail detail = problem(HttpStatus.BAD_GATEWAY, "refused", String.valueOf(refusal.getMessage()));
            detail.setProperty("httpStatus", refusal.status());
            detail.setProperty("withoutResult", refusal.withoutResult());
            return detail;
        }
        if (error instanceof OverloadedException || error instanceof GatewayClosedException) {
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", String.valueOf(error.getMessage()));
        }
        if (error instanceof UnfriendException) {
            return problem(HttpStatus.BAD_GATEWAY, "gateway", String.valueOf(error.getMessage()));
        }
        if (error instanceof ErrorResponse response) {
            return ofSpring(response);
        }
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "The application failed at this; its log tells more. Please report it.");
    }

    private static ProblemDetail ofSpring(ErrorResponse response) {
        HttpStatusCode status = response.getStatusCode();
        HttpStatus known = HttpStatus.resolve(status.value());
        String name =
                known == null ? "http" : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String detail = response.getBody().getDetail();
        return problem(status, name, detail == null ? String.valueOf(known) : detail);
    }

    private static ProblemDetail problem(HttpStatusCode status, String name, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:unfriend:problem:" + name));
        problem.setTitle(title(name));
        return problem;
    }

    private static String title(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' ');
    }
}
