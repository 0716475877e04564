/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal;

import io.github.unfriend.BrokenOffException;
import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteResult;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.ResultItem;
import io.github.unfriend.Settled;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.retry.RetryBudget;
import io.github.unfriend.reactor.internal.street.Consequences;
import io.github.unfriend.reactor.internal.street.Elements;
import io.github.unfriend.reactor.internal.street.FriendDeleteAlls;
import io.github.unfriend.reactor.internal.street.FriendDeletes;
import io.github.unfriend.reactor.internal.street.Refusal;
import io.github.unfriend.reactor.internal.street.ResultFactory;
import io.github.unfriend.reactor.internal.street.Runs;
import io.github.unfriend.reactor.internal.street.SerialOwners;
import io.github.unfriend.reactor.internal.street.SingleDeletions;
import io.github.unfriend.reactor.internal.street.StreamOptions;
import io.github.unfriend.reactor.internal.street.Street;
import io.github.unfriend.reactor.internal.street.StreetConfig;
import io.github.unfriend.reactor.internal.transport.HttpTransport;
import io.github.unfriend.reactor.internal.transport.Signatures;
import io.github.unfriend.reactor.internal.transport.TransportConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** Puts the street together; every method is the same {@link Street} with another kind of work or source. */
public final class DefaultFriendGateway implements FriendGateway {

    private static final int EVENT_LOOPS = 1;
    /** For ever, as far as timers can count. */
    private static final Duration LONGEST = Duration.ofDays(3650);
    /** As many as the AWS SDKs give their clients. */
    private static final int RETRY_TOKENS = 500;
    /** Threads are made only while so many sources block at once. */
    private static final int MOST_BLOCKED_SOURCES = 256;
    /** A thread that no source needed for so long ends. */
    private static final int IDLE_SECONDS = 60;

    private final Pacer pacer;
    private final boolean ownsPacer;
    private final HttpTransport transport;
    private final Runs runs;
    /** Within this time all calls on the wire have an answer or none. */
    private final Duration lastAnswers;

    private final StreetConfig street;
    /** Where sources are asked for more: they may take their time there, or block. */
    private final Scheduler sources;

    private final AtomicBoolean sourcesEnded;
    private final Map<DeleteType, SingleDeletions> singles;
    private final StreamOptions options;

    /**
     * A gateway that is ready to be called.
     *
     * @param config what the builder collected
     */
    public DefaultFriendGateway(GatewayConfig config) {
        this.runs = new Runs();
        this.lastAnswers = config.callTimeout().plusSeconds(1);
        // The pacer's timer runs on the event loop that writes: a granted call leaves without changing threads, which
        // on
        // a busy machine would cost more than all the rest. One loop is plenty for some hundred calls a second.
        LoopResources loops = LoopResources.create("unfriend", EVENT_LOOPS, true);
        Scheduler timer = Schedulers.fromExecutorService(
                loops.onClient(LoopResources.DEFAULT_NATIVE).next());
        Pacer given = config.pacer();
        this.ownsPacer = given == null;
        this.pacer = given != null ? given : config.ownPacer().scheduler(timer).build();
        Signatures signatures = new Signatures(config.credentials(), config.clock(), config.userSigLifetime());
        this.transport = new HttpTransport(
                new TransportConfig(
                        config.primary(),
                        config.backup(),
                        config.maxConcurrentCalls(),
                        config.maxWaitingCalls(),
                        config.callTimeout(),
                        config.httpClient()),
                signatures,
                pacer,
                loops);
        RetryBudget budget = new RetryBudget(RETRY_TOKENS);
        SerialOwners serialOwners = new SerialOwners();
        this.street = new StreetConfig(
                transport,
                signatures,
                pacer,
                new Consequences(pacer, serialOwners),
                config.retry(),
                config.maxConcurrentCalls(),
                config.readAhead(),
                config.maxHeldAccounts(),
                config.linger(),
                serialOwners,
                budget,
                config.callDeadline(),
                runs,
                new Refusal(),
                config.watch(),
                Schedulers.parallel());
        this.options = StreamOptions.USUAL;
        this.sources = Schedulers.newBoundedElastic(
                MOST_BLOCKED_SOURCES, Integer.MAX_VALUE, "unfriend-source", IDLE_SECONDS, true);
        this.sourcesEnded = new AtomicBoolean();
        this.singles = new EnumMap<>(DeleteType.class);
        AtomicInteger waiting = new AtomicInteger();
        for (DeleteType type : DeleteType.values()) {
            singles.put(type, new SingleDeletions(street, new FriendDeletes(type), waiting));
        }
        config.watch().opened(pacer, budget::left);
    }

    /** The same gateway, whose streams have other options. */
    private DefaultFriendGateway(DefaultFriendGateway other, StreamOptions options) {
        this.lastAnswers = other.lastAnswers;
        this.pacer = other.pacer;
        this.ownsPacer = other.ownsPacer;
        this.transport = other.transport;
        this.runs = other.runs;
        this.street = other.street;
        this.sources = other.sources;
        this.sourcesEnded = other.sourcesEnded;
        this.singles = other.singles;
        this.options = options;
    }

    @Override
    public FriendGateway stopOnError() {
        return new DefaultFriendGateway(this, new StreamOptions(true, options.deadline()));
    }

    @Override
    public FriendGateway deadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new InvalidRequestException("deadline must be more than zero, but is " + deadline);
        }
        return new DefaultFriendGateway(this, new StreamOptions(options.stopOnError(), countable(deadline)));
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
        Elements<T> meaning = new Elements<>(new FriendDeletes(type), friendship);
        return new Street<>(street, options, meaning, results, elements, sourceScheduler);
    }

    private <T, R> Flux<R> listDeletions(
            DeleteType type,
            Publisher<? extends T> elements,
            Function<? super T, String> fromAccount,
            ResultFactory<T, R> results,
            Scheduler sourceScheduler) {
        Elements<T> meaning = new Elements<>(new FriendDeleteAlls(type), element -> wholeList(fromAccount, element));
        return new Street<>(street, options, meaning, results, elements, sourceScheduler);
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
                : new BrokenOffException(error, results, withoutResult);
    }

    private static List<ResultItem> inOrder(Collection<String> accounts, Map<String, ResultItem> items) {
        return accounts.stream().map(items::get).filter(Objects::nonNull).toList();
    }

    @Override
    public Mono<ResultItem> delete(DeleteType type, Friendship friendship) {
        Objects.requireNonNull(friendship, "friendship");
        return Objects.requireNonNull(singles.get(Objects.requireNonNull(type, "type")))
                .delete(friendship, options)
                .publishOn(street.scheduler()); // a slow subscriber does not hold up the others
    }

    @Override
    public Flux<ResultItem> delete(String fromAccount, DeleteType type, Publisher<String> toAccounts) {
        Objects.requireNonNull(fromAccount, "fromAccount");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(toAccounts, "toAccounts");
        return deletions(type, toAccounts, to -> new Friendship(fromAccount, to), DefaultFriendGateway::item, sources);
    }

    @Override
    public Flux<ResultItem> delete(DeleteType type, Publisher<Friendship> friendships) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(friendships, "friendships");
        return deletions(type, friendships, Function.identity(), DefaultFriendGateway::item, sources);
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
                sources);
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
        return listDeletions(type, fromAccounts, Function.identity(), DefaultFriendGateway::list, sources);
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
                sources);
    }

    @Override
    public Pacer pacer() {
        return pacer;
    }

    @Override
    public @Nullable FatalRefusalException refusal() {
        return street.refusal().latest();
    }

    @Override
    public void dispose() {
        closeNow().subscribe();
    }

    @Override
    public boolean isDisposed() {
        return runs.isClosed();
    }

    @Override
    public Mono<Void> disposeLater(Duration patience) {
        Objects.requireNonNull(patience, "patience");
        return runs.refuse(countable(patience), street.scheduler()).then(closeNow());
    }

    private Mono<Void> closeNow() {
        return runs.end(lastAnswers, street.scheduler()).then(Mono.defer(() -> {
            street.watch().closed();
            if (sourcesEnded.compareAndSet(false, true)) {
                sources.schedule(sources::dispose); // ending threads takes locks: not here, this may be any thread
            }
            if (ownsPacer) {
                pacer.dispose();
            }
            return transport.close();
        }));
    }
}
