/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteResult;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.Settled;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A gateway whose answers the test gives; streams of friendships only. */
final class StubGateway implements FriendGateway {

    private final Function<Flux<Friendship>, Flux<ResultItem>> answers;
    private final Pacer pacer = Pacer.unpaced();

    StubGateway(Function<Flux<Friendship>, Flux<ResultItem>> answers) {
        this.answers = answers;
    }

    /** Everything is deleted at once. */
    static ResultItem deleted(Friendship friendship) {
        return new ResultItem(friendship.fromAccount(), friendship.toAccount(), 0, "");
    }

    @Override
    public Flux<ResultItem> delete(DeleteType type, Publisher<Friendship> friendships) {
        return answers.apply(Flux.from(friendships));
    }

    @Override
    public Pacer pacer() {
        return pacer;
    }

    @Override
    public @Nullable String problem() {
        return null;
    }

    @Override
    public @Nullable UnfinishedException refusal() {
        return null;
    }

    @Override
    public void dispose() {}

    @Override
    public Mono<Void> disposeLater(Duration patience) {
        return Mono.empty();
    }

    @Override
    public Mono<DeleteResult> delete(FriendDeleteRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<ResultItem> delete(DeleteType type, Friendship friendship) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Flux<ResultItem> delete(String fromAccount, DeleteType type, Publisher<String> toAccounts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Flux<Settled<T, ResultItem>> delete(
            DeleteType type, Publisher<T> elements, Function<? super T, Friendship> friendship) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<DeleteAllResult> deleteAll(FriendDeleteAllRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Flux<DeleteAllResult> deleteAll(DeleteType type, Publisher<String> fromAccounts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Flux<Settled<T, DeleteAllResult>> deleteAll(
            DeleteType type, Publisher<T> elements, Function<? super T, String> fromAccount) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FriendGateway stopOnError() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FriendGateway deadline(Duration deadline) {
        throw new UnsupportedOperationException();
    }
}
