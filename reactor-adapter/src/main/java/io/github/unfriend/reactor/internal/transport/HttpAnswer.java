/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.Api;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.NoAnswerException;

/**
 * What came back on a connection, from the service or from something in between. Not yet an error, whatever it says: it
 * was read to its end, and the connection is good for the next call.
 */
public final class HttpAnswer {

    private static final int HTTP_OK = 200;

    private final Api api;
    private final int status;
    private final Body body;

    HttpAnswer(Api api, int status, Body body) {
        this.api = api;
        this.status = status;
        this.body = body;
    }

    /**
     * The bytes that the service sent.
     *
     * @return a whole body, not yet known to be JSON
     * @throws NoAnswerException if the HTTP status says that it was not the service that answered
     * @throws MalformedAnswerException if it was longer than anything the service says
     */
    public byte[] content() {
        if (status != HTTP_OK) {
            throw new NoAnswerException("The answer to " + api.command() + " has the HTTP status " + status
                    + "; the service itself always answers 200, so this comes from something in between.");
        }
        return body.whole();
    }
}
