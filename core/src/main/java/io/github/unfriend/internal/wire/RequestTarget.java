/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import io.github.unfriend.Api;
import io.github.unfriend.Credentials;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.UserSig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Path and query of a call. The text holds the UserSig: it is for the wire and must never be logged. */
public final class RequestTarget {
    /** The largest {@code random}: it is unsigned with 32 bits (both API documents). */
    public static final long MAX_RANDOM = 0xFFFF_FFFFL;

    private RequestTarget() {}

    /**
     * Puts path and query together.
     *
     * @param api the API to call
     * @param credentials app and administrator
     * @param userSig a signature made by these credentials
     * @param random a fresh number for every attempt, from 0 to {@link #MAX_RANDOM}
     * @return for example {@code /v4/sns/friend_delete?sdkappid=..&identifier=..&usersig=..&random=..&contenttype=json}
     * @throws InvalidRequestException if the random number is out of range
     */
    public static String of(Api api, Credentials credentials, UserSig userSig, long random) {
        return of(api, credentials.sdkAppId(), credentials.administrator(), userSig, random);
    }

    /**
     * Puts path and query together.
     *
     * @param api the API to call
     * @param sdkAppId the app
     * @param administrator who calls
     * @param userSig a signature of this administrator
     * @param random a fresh number for every attempt, from 0 to {@link #MAX_RANDOM}
     * @return as above
     * @throws InvalidRequestException if the random number is out of range
     */
    public static String of(Api api, long sdkAppId, String administrator, UserSig userSig, long random) {
        if (random < 0 || random > MAX_RANDOM) {
            throw new InvalidRequestException("random is from 0 to " + MAX_RANDOM + ", not " + random + ".");
        }
        // URLEncoder writes a space as '+', which only forms may; a URL needs %20. A UserSig needs no encoding.
        String identifier =
                URLEncoder.encode(administrator, StandardCharsets.UTF_8).replace("+", "%20");
        return api.path() + "?sdkappid=" + sdkAppId + "&identifier=" + identifier + "&usersig=" + userSig.value()
                + "&random=" + random + "&contenttype=json";
    }
}
