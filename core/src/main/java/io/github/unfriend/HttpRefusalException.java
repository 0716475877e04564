/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.List;
import java.util.Objects;

/**
 * Ends a stream or a request when something in front of the service (a proxy, a balancer, a firewall) refuses a call with
 * an HTTP status, and one more try changed nothing: the service itself always answers 200. The accounts of the refused
 * call end {@link Outcome#FAILED} with {@link LocalCode#HTTP_REFUSED}. Delete the accounts without a result again when
 * the cause is corrected. Has no stack trace.
 */
public final class HttpRefusalException extends UnfinishedException {
    private static final long serialVersionUID = 1L;

    private static final int PROXY_AUTHENTICATION = 407;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    /** The API that was called. */
    private final Api api;
    /** The HTTP status. */
    private final int status;
    /** Who was called. */
    private final String host;

    /**
     * Makes the exception.
     *
     * @param api the API that was called
     * @param status the HTTP status of the answer
     * @param host who was called, {@code host[:port]}; never with a path
     * @param withoutResult how many accounts were taken in and have no result; 0 or more
     */
    public HttpRefusalException(Api api, int status, String host, long withoutResult) {
        this(api, status, host, List.of(), withoutResult);
    }

    private HttpRefusalException(Api api, int status, String host, List<ResultItem> results, long withoutResult) {
        super(describe(api, status, host), null, results, withoutResult);
        this.api = api;
        this.status = status;
        this.host = host;
    }

    private static String describe(Api api, int status, String host) {
        Objects.requireNonNull(host, "host");
        return "A call of " + api.command() + " to " + host + " was refused with the HTTP status " + status
                + ". The service always answers 200, so this comes from something in front of it. " + advice(status)
                + " The stream ends here.";
    }

    private static String advice(int status) {
        if (status < BAD_REQUEST) {
            return "Redirects are not followed: give the address that the calls are to go to.";
        }
        return switch (status) {
            case NOT_FOUND -> "Check the region or the endpoint.";
            case PROXY_AUTHENTICATION -> "Check the credentials of the proxy.";
            default -> "Ask who runs the proxy, the gateway or the firewall in between.";
        };
    }

    @Override
    HttpRefusalException copy(List<ResultItem> known, long without) {
        return new HttpRefusalException(api, status, host, known, without);
    }

    /**
     * The API that was called.
     *
     * @return never null
     */
    public Api api() {
        return api;
    }

    /**
     * The HTTP status of the answer.
     *
     * @return 300 to 499
     */
    public int status() {
        return status;
    }

    /**
     * Who was called.
     *
     * @return {@code host[:port]}, without a path
     */
    public String host() {
        return host;
    }
}
