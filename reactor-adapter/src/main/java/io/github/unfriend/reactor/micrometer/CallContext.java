/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.micrometer;

import io.github.unfriend.Api;
import io.micrometer.observation.Observation;
import reactor.util.context.ContextView;

/**
 * What observation handlers and conventions of an application are given of one call. It holds no account, no address
 * and nothing secret; the subscriber's own Context is there for whoever wants a value of it in the observation. Not
 * thread-safe, like every observation context: handlers see it on an event loop first, and on the stream's worker
 * last.
 */
public final class CallContext extends Observation.Context {

    private final Api api;
    private final String region;
    private final long sdkAppId;
    private int accounts;
    private final int attempt;
    private final ContextView subscriberContext;
    private String outcome = NOT_KNOWN;
    private String errorCategory = NOT_KNOWN;
    private int code;

    /** What outcome and error category are until the call has ended, and the error category of one without an error. */
    public static final String NOT_KNOWN = "none";

    /**
     * Describes a call that is about to leave.
     *
     * @param api the API
     * @param region the name of the region, or {@code custom}
     * @param sdkAppId who calls
     * @param accounts how many accounts the call is about so far
     * @param attempt the number of this attempt for these accounts, from 1 on
     * @param subscriberContext the Context of whoever subscribed to the stream
     */
    public CallContext(
            Api api, String region, long sdkAppId, int accounts, int attempt, ContextView subscriberContext) {
        this.api = api;
        this.region = region;
        this.sdkAppId = sdkAppId;
        this.accounts = accounts;
        this.attempt = attempt;
        this.subscriberContext = subscriberContext;
    }

    /**
     * Tells what it leaves with; to be called before the observation is started.
     *
     * @param number how many accounts the call names; accounts of other callers may have joined it while it waited
     */
    public void leaving(int number) {
        this.accounts = number;
    }

    /**
     * Tells how it ended; to be called before the observation is stopped.
     *
     * @param howItEnded one of the outcomes of {@link UnfriendObservation.CallKey#OUTCOME}
     * @param category the category of the code in lower case, or {@link #NOT_KNOWN}
     * @param number what the service answered, or a {@link io.github.unfriend.LocalCode}
     */
    public void ended(String howItEnded, String category, int number) {
        this.outcome = howItEnded;
        this.errorCategory = category;
        this.code = number;
    }

    /**
     * The API that is called.
     *
     * @return never null
     */
    public Api api() {
        return api;
    }

    /**
     * Where the call goes.
     *
     * @return the name of the region, {@code custom} for an endpoint of the user's own
     */
    public String region() {
        return region;
    }

    /**
     * Who calls.
     *
     * @return the SDKAppID
     */
    public long sdkAppId() {
        return sdkAppId;
    }

    /**
     * How many accounts the call is about.
     *
     * @return 1 to 1,000
     */
    public int accounts() {
        return accounts;
    }

    /**
     * The number of this attempt.
     *
     * @return 1 for the first
     */
    public int attempt() {
        return attempt;
    }

    /**
     * The Reactor Context of whoever subscribed to the stream that this call belongs to.
     *
     * @return maybe empty
     */
    public ContextView subscriberContext() {
        return subscriberContext;
    }

    /**
     * How the call ended.
     *
     * @return {@link #NOT_KNOWN} before that
     */
    public String outcome() {
        return outcome;
    }

    /**
     * What kind of trouble it met.
     *
     * @return {@link #NOT_KNOWN} if none, or before the end
     */
    public String errorCategory() {
        return errorCategory;
    }

    /**
     * What the service answered.
     *
     * @return 0 for success and before the end, a {@link io.github.unfriend.LocalCode} where it did not answer
     */
    public int code() {
        return code;
    }
}
