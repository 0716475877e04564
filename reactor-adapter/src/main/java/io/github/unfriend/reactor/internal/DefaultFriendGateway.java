/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal;

import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteResult;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.ResultItem;
import io.github.unfriend.Settled;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.call.FriendDeleteAllOperation;
import io.github.unfriend.reactor.internal.call.FriendDeleteOperation;
import io.github.unfriend.reactor.internal.stream.DeletionFlux;
import io.github.unfriend.reactor.internal.stream.Elements;
import io.github.unfriend.reactor.internal.stream.ResultFactory;
import io.github.unfriend.reactor.internal.stream.StreamOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Every method is the same {@link DeletionFlux} with another API or another kind of element. */
public final class DefaultFriendGateway implements FriendGateway {

    private static final Logger LOG = Loggers.getLogger(FriendGateway.class);

    /** For ever, as far as timers can count. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final GatewayResources resources;
    private final StreamOptions options;

    /**
     * A gateway that is ready to be called.
     *
     * @param config what the builder collected
     */
    public DefaultFriendGateway(GatewayConfig config) {
        this(new GatewayResources(config), StreamOptions.USUAL);
    }

    private DefaultFriendGateway(GatewayResources resources, StreamOptions options) {
        this.resources = resources;
        this.options = options;
    }

    @Override
    public FriendGateway stopOnError() {
        return new DefaultFriendGateway(resources, new StreamOptions(true, options.deadline()));
    }

    @Override
    public FriendGateway deadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new InvalidRequestException("deadline must be more than zero, but is " + deadline);
        }
        return new DefaultFriendGateway(resources, new StreamOptions(options.stopOnError(), countable(deadline)));
    }

    private static Duration countable(Duration time) {
        return time.compareTo(LONGEST) < 0 ? time : LONGEST;
    }

    @Override
    public Mono<DeleteResult> delete(FriendDeleteRequest request) {
        Objects.requireNonNull(request, "request");
        Collection<String> distinct = new LinkedHashSet<>(request.toAccounts());
        return Mono.defer(() -> {
            Map<String, ResultItem> items = new HashMap<>();
            String from = request.fromAccount();
            return deletions(
                            request.deleteType(),
                            Flux.fromIterable(distinct),
                            to -> new Friendship(from, to),
                            DefaultFriendGateway::item,
                            Schedulers.immediate())
                    .doOnNext(item -> items.put(item.toAccount(), item))
                    .then(Mono.fromCallable(() -> new DeleteResult(from, inOrder(distinct, items))))
                    .onErrorMap(error -> unfinished(error, inOrder(distinct, items), distinct.size()));
        });
    }

    private <T, R> Flux<R> deletions(
            DeleteType type,
            Publisher<? extends T> elements,
            Function<? super T, Friendship> friendship,
            ResultFactory<T, R> results,
            Scheduler sourceScheduler) {
        Elements<T> meaning = new Elements<>(new FriendDeleteOperation(type), friendship);
        return new DeletionFlux<>(resources.streams(), options, meaning, results, elements, sourceScheduler);
    }

    private <T, R> Flux<R> listDeletions(
            DeleteType type,
            Publisher<? extends T> elements,
            Function<? super T, String> fromAccount,
            ResultFactory<T, R> results,
            Scheduler sourceScheduler) {
        Elements<T> meaning =
                new Elements<>(new FriendDeleteAllOperation(type), element -> wholeList(fromAccount, element));
        return new DeletionFlux<>(resources.streams(), options, meaning, results, elements, sourceScheduler);
    }

    /** On the way a whole list is a friendship of the owner with itself. */
    private static <T> @Nullable Friendship wholeList(Function<? super T, String> fromAccount, T element) {
        String from = fromAccount.apply(element);
        return from == null ? null : new Friendship(from, from);
    }

    private static ResultItem item(Object element, String from, String to, int code, String info) {
        return new ResultItem(from, to, code, info);
    }

    private static DeleteAllResult list(Object element, String from, String to, int code, String info) {
        return new DeleteAllResult(from, code, info);
    }

    /** A stream has delivered its results before its error; where there is one answer for all, the error keeps them. */
    private static UnfinishedException unfinished(Throwable error, List<ResultItem> results, long accounts) {
        long withoutResult = accounts - results.size();
        return error instanceof UnfinishedException unfinished
                ? unfinished.with(results, withoutResult)
                : UnfinishedException.brokenOff(error, results, withoutResult);
    }

    private static List<ResultItem> inOrder(Collection<String> accounts, Map<String, ResultItem> items) {
        return accounts.stream().map(items::get).filter(Objects::nonNull).toList();
    }

    @Override
    public Mono<ResultItem> delete(DeleteType type, Friendship friendship) {
        Objects.requireNonNull(friendship, "friendship");
        Mono<ResultItem> single =
                resources.singles(Objects.requireNonNull(type, "type")).delete(friendship, options);
        Mono<ResultItem> published =
                single.publishOn(resources.streams().scheduler()); // a slow subscriber does not hold up the others
        return Mono.defer(() -> resources.isClosed() ? single : published);
    }

    @Override
    public Flux<ResultItem> delete(String fromAccount, DeleteType type, Publisher<String> toAccounts) {
        Objects.requireNonNull(fromAccount, "fromAccount");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(toAccounts, "toAccounts");
        return deletions(
                type,
                toAccounts,
                to -> new Friendship(fromAccount, to),
                DefaultFriendGateway::item,
                resources.sources());
    }

    @Override
    public Flux<ResultItem> delete(DeleteType type, Publisher<Friendship> friendships) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(friendships, "friendships");
        return deletions(type, friendships, Function.identity(), DefaultFriendGateway::item, resources.sources());
    }

    @Override
    public <T> Flux<Settled<T, ResultItem>> delete(
            DeleteType type, Publisher<T> elements, Function<? super T, Friendship> friendship) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(elements, "elements");
        Objects.requireNonNull(friendship, "friendship");
        return deletions(
                type,
                elements,
                friendship,
                (element, from, to, code, info) -> new Settled<>(element, new ResultItem(from, to, code, info)),
                resources.sources());
    }

    @Override
    public Mono<DeleteAllResult> deleteAll(FriendDeleteAllRequest request) {
        Objects.requireNonNull(request, "request");
        String from = request.fromAccount();
        return Mono.defer(() -> {
            List<ResultItem> known = new ArrayList<>();
            return listDeletions(
                            request.deleteType(),
                            Mono.just(from),
                            Function.identity(),
                            DefaultFriendGateway::list,
                            Schedulers.immediate())
                    .doOnNext(all -> known.add(new ResultItem(from, from, all.errorCode(), all.errorInfo())))
                    .single()
                    .onErrorMap(error -> unfinished(error, known, 1));
        });
    }

    @Override
    public Flux<DeleteAllResult> deleteAll(DeleteType type, Publisher<String> fromAccounts) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(fromAccounts, "fromAccounts");
        return listDeletions(type, fromAccounts, Function.identity(), DefaultFriendGateway::list, resources.sources());
    }

    @Override
    public <T> Flux<Settled<T, DeleteAllResult>> deleteAll(
            DeleteType type, Publisher<T> elements, Function<? super T, String> fromAccount) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(elements, "elements");
        Objects.requireNonNull(fromAccount, "fromAccount");
        return listDeletions(
                type,
                elements,
                fromAccount,
                (element, from, to, code, info) -> new Settled<>(element, new DeleteAllResult(from, code, info)),
                resources.sources());
    }

    @Override
    public Pacer pacer() {
        return resources.pacer();
    }

    @Override
    public @Nullable UnfinishedException refusal() {
        return resources.refusal();
    }

    @Override
    public @Nullable String problem() {
        return resources.problem();
    }

    @Override
    public void dispose() {
        resources.close().subscribe(nothing -> {}, error -> LOG.debug("The gateway was not closed in time", error));
    }

    @Override
    public boolean isDisposed() {
        return resources.isClosed();
    }

    @Override
    public Mono<Void> disposeLater(Duration patience) {
        return resources.closeWithin(countable(Objects.requireNonNull(patience, "patience")));
    }
}
