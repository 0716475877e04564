/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteResult;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.Settled;
import io.github.unfriend.UnfinishedException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where users begin: deletes friendships through the two friend-deletion APIs of Tencent Chat. Batches accounts by
 * From_Account (at most 1,000 a call), paces calls (200 a second for each API), repeats what may be repeated, and says
 * of every account what became of it. Build one for each SDKAppID with {@link #builder()}, share it, and dispose of it
 * at the end.
 *
 * <p><b>Results.</b> Every element given to a stream ends in exactly one result, duplicates included, or in the error
 * that ends the stream; match on {@link ResultItem#outcome()}. An account that comes again while the first one waits for
 * its call is sent once and answered twice; one that comes after the first has left is sent again. An account that
 * failed is a value, not an error. An empty or over-long UserID, or an account that is to be unfriended from itself,
 * fails locally with {@link io.github.unfriend.LocalCode#INVALID_USER_ID} and stops nothing.
 *
 * <p><b>Errors.</b> A stream ends with {@link io.github.unfriend.FatalRefusalException} when the service refuses the
 * credentials or the configuration: calls on the wire are waited for and their results delivered, nothing else is sent,
 * and the error counts the elements taken from the source that have no result. Those elements go to {@code
 * doOnDiscard}, also when a stream is cancelled. An error of the source ends the stream after all elements that it had
 * given are answered.
 *
 * <p><b>Demand.</b> Nothing is sent before the first request. A call is made if a result is asked for that no call under
 * way will give. Beyond that calls are made ahead of the demand, so that operators with small windows get the full
 * rate: never for more accounts than the subscriber has taken so far, and at most {@link FriendGatewayBuilder#readAhead}
 * calls. A
 * subscriber that stops asking stops the calls. The source is asked for at most 1,000 elements at a time, away from
 * the stream's thread, and may block there; up to 256 sources of one gateway may do so at once.
 *
 * <p><b>Cancellation</b> ends everything that has not left: queue places, permits and connections are given back. A call
 * that is on the wire may still take effect at the service.
 *
 * <p><b>Threads.</b> Nothing blocks. Results are signalled on threads of the gateway, one stream on one thread at
 * a time, and never on an event loop: a slow subscriber does not slow the wire. Hop with {@code publishOn} before
 * blocking work. The subscriber's Context reaches every attempt.
 */
public interface FriendGateway extends Disposable {

    /**
     * How a gateway is made.
     *
     * @return a new builder
     */
    static FriendGatewayBuilder builder() {
        return new FriendGatewayBuilder();
    }

    /**
     * Deletes friends of one account.
     *
     * @param request the accounts, any number; each distinct one is sent once
     * @return one item for each distinct To_Account, in the order of the request; or an
     *     {@link io.github.unfriend.UnfinishedException}, which keeps the results there are and counts the accounts
     *     without one; any other error is its cause
     */
    Mono<DeleteResult> delete(FriendDeleteRequest request);

    /**
     * Deletes one friendship. Deletions of all callers of this gateway travel together: those of one From_Account and
     * type that come while a call waits for its turn leave with it, up to 1,000. A lone one leaves at once. The result is
     * signalled on threads of the gateway. Cancelling takes only this account out, if no call has left with it. A
     * call of several callers belongs to none of them, so its observation has no parent.
     *
     * @param type one-way or two-way
     * @param friendship what to delete
     * @return its result; or {@link io.github.unfriend.OverloadedException} if more than {@link
     *     FriendGatewayBuilder#maxHeldAccounts} single deletions have no result yet, and the errors of a stream
     */
    Mono<ResultItem> delete(DeleteType type, Friendship friendship);

    /**
     * Deletes friends of one account from a stream of any length.
     *
     * @param fromAccount whose friends are deleted
     * @param type one-way or two-way
     * @param toAccounts the friends
     * @return results as answers arrive, in any order
     */
    Flux<ResultItem> delete(String fromAccount, DeleteType type, Publisher<String> toAccounts);

    /**
     * Deletes friendships of any mix of From_Accounts. They are gathered for each From_Account in bounded memory; when
     * that is full, the largest group leaves first, and while the source is slow no account waits longer for company
     * than the linger time of the gateway.
     *
     * @param type one-way or two-way
     * @param friendships the friendships, in any order
     * @return results as answers arrive, in any order
     */
    Flux<ResultItem> delete(DeleteType type, Publisher<Friendship> friendships);

    /**
     * Deletes the friendships that the elements of a stream name, and gives each element back beside its result, so that
     * a message can be acknowledged or a row updated. Acknowledge {@code DELETED} and {@code NOT_FRIENDS}, reject {@code
     * FAILED}, release {@code UNKNOWN} for another try. A deletion that is delivered again deletes a friendship that was
     * made anew meanwhile.
     *
     * @param type one-way or two-way
     * @param elements anything
     * @param friendship names what is to be deleted; called once for each element on the thread of the source. If it
     *     throws or gives null, this element fails with {@link io.github.unfriend.LocalCode#NO_ACCOUNT} and empty names
     * @param <T> the type of the elements
     * @return results as answers arrive, in any order
     */
    <T> Flux<Settled<T, ResultItem>> delete(
            DeleteType type, Publisher<T> elements, Function<? super T, Friendship> friendship);

    /**
     * Deletes all friends of one account. The service says nothing of single friends and fires no webhook for this call
     * (friend_delete_all document).
     *
     * @param request whose friends are deleted
     * @return what the service answered, or an error as of {@link #delete(FriendDeleteRequest)}
     */
    Mono<DeleteAllResult> deleteAll(FriendDeleteAllRequest request);

    /**
     * Deletes all friends of many accounts.
     *
     * @param type one-way or two-way
     * @param fromAccounts whose friends are deleted
     * @return one result for each account, as answers arrive, in any order
     */
    Flux<DeleteAllResult> deleteAll(DeleteType type, Publisher<String> fromAccounts);

    /**
     * Deletes all friends of the accounts that the elements of a stream name, and gives each element back beside its
     * result; see {@link #delete(DeleteType, Publisher, Function)}.
     *
     * @param type one-way or two-way
     * @param elements anything
     * @param fromAccount names whose friends are deleted
     * @param <T> the type of the elements
     * @return results as answers arrive, in any order
     */
    <T> Flux<Settled<T, DeleteAllResult>> deleteAll(
            DeleteType type, Publisher<T> elements, Function<? super T, String> fromAccount);

    /**
     * This gateway, but its streams end at the first account whose outcome is FAILED or UNKNOWN: the results of calls
     * on the wire come first, then {@link io.github.unfriend.AccountFailedException}. Without this, a failed account is a
     * value like any other.
     *
     * @return a view; disposing of it disposes of the gateway
     */
    FriendGateway stopOnError();

    /**
     * This gateway, but its streams end after some time: the results of calls on the wire come first, then {@link
     * io.github.unfriend.DeadlineExceededException}.
     *
     * @param deadline from the subscription on; more than zero
     * @return a view; disposing of it disposes of the gateway
     */
    FriendGateway deadline(Duration deadline);

    /**
     * The pacer, for a look at its {@linkplain Pacer#state state}.
     *
     * @return the pacer of this gateway
     */
    Pacer pacer();

    /**
     * Whether this gateway is refused, for health checks. After a fatal refusal every stream and request fails at once with
     * the same error; now and then one call goes as a probe, and its success lifts the refusal, see {@link
     * FriendGatewayBuilder#probeInterval}.
     *
     * @return a {@link io.github.unfriend.FatalRefusalException} of the service, or a {@link
     *     io.github.unfriend.HttpRefusalException} of something in front of it; null if the gateway is not refused
     */
    @Nullable
    UnfinishedException refusal();

    /**
     * Why the service does not answer, for health checks and for people who wait. It is set when five attempts in a row,
     * to whichever host, got no answer of the service, and cleared by its next answer. Calls are tried again meanwhile. The
     * log has one WARN when it is set and one INFO when it is cleared. Does not block; any thread may ask.
     *
     * @return a sentence without its full stop, with the host and the reason and no secret; null if the service answers, or
     *     was not called yet
     */
    @Nullable
    String problem();

    /**
     * Closes at once: new work is refused and open streams end with {@link io.github.unfriend.GatewayClosedException}.
     * Returns immediately; calls on the wire end in the background. A pacer that the user gave is left alone.
     */
    @Override
    void dispose();

    /**
     * Closes gracefully: refuses new work at once, lets open streams finish, and closes what is left after a time.
     *
     * @param patience how long open streams may go on
     * @return completes when everything is closed; starts when subscribed
     */
    Mono<Void> disposeLater(Duration patience);
}
