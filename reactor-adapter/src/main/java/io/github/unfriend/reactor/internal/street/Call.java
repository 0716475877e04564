/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.ErrorCode;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.NotSentException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.Failure;
import io.github.unfriend.reactor.internal.transport.Attempt;
import io.github.unfriend.reactor.internal.transport.Signatures.Signed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;

/**
 * One batch on its way: attempt after attempt until there is a word about each account, or a reason to give its place
 * free. Between two attempts it holds neither a connection nor a permit.
 */
final class Call<R> {

    private static final Logger LOG = Loggers.getLogger("io.github.unfriend.reactor.retry");

    /** Nothing of the current attempt has left yet: the call can be stopped without a trace. */
    private static final int BEFORE_WIRE = 0;
    /** The service may see the current attempt: its answer is waited for. */
    private static final int ON_WIRE = 1;

    private static final int ENDED = 2;

    private final StreetConfig config;
    private final Work<R> work;
    private final Batch batch;
    private final int size;
    private final CallOwner<R> owner;
    private final Disposable.Swap current = Disposables.swap();
    private final AtomicInteger phase = new AtomicInteger(BEFORE_WIRE);
    private volatile boolean last;
    private volatile @Nullable Failure latest;
    private @Nullable Signed expired;

    Call(StreetConfig config, Work<R> work, Batch batch, CallOwner<R> owner) {
        this.config = config;
        this.work = work;
        this.batch = batch;
        this.size = batch.size();
        this.owner = owner;
    }

    int size() {
        return size;
    }

    void attempt() {
        Attempt attempt = new Attempt(work.api(), work.write(batch.fromAccount(), batch.toAccounts()), this::enterWire);
        Exchange exchange = new Exchange(attempt);
        current.update(exchange);
        config.transport().send(attempt).subscribe(exchange);
    }

    /** The subscriber left: whatever is under way ends, and nobody is told. */
    void cancel() {
        phase.set(ENDED);
        current.dispose();
    }

    /** The stream ends: a call that has not left does not leave any more, one that has is not repeated. */
    void stop() {
        last = true;
        if (phase.compareAndSet(BEFORE_WIRE, ENDED)) {
            current.dispose();
            Failure failure = latest;
            owner.finished(failure == null ? Finished.nothing(this) : givenUp(failure));
        }
    }

    private boolean enterWire() {
        return phase.compareAndSet(BEFORE_WIRE, ON_WIRE);
    }

    private void answered(byte[] bytes, Attempt attempt) {
        Reply reply;
        try {
            reply = work.read(bytes, batch.fromAccount());
        } catch (MalformedAnswerException unreadable) {
            ambiguous(unreadable);
            return;
        }
        if (reply.ok() || !reply.items().isEmpty()) {
            batch.tried(false);
            end(new Sorting<>(config, work, batch, this, owner, last).sort(reply));
        } else if (reply.code() == 0) {
            ambiguous(new MalformedAnswerException("The answer says neither OK nor which error."));
        } else {
            batch.tried(false);
            refused(reply, attempt);
        }
    }

    private void refused(Reply reply, Attempt attempt) {
        Failure failure = failure(Failure.Kind.REFUSED, reply.code(), reply.info());
        FatalRefusalException fatal =
                new FatalRefusalException(work.api(), ErrorCode.of(reply.code()), reply.info(), reply.requestId(), 0);
        decide(failure, attempt, fatal);
    }

    private void ambiguous(Throwable cause) {
        batch.tried(true);
        decide(failure(Failure.Kind.AMBIGUOUS, LocalCode.NO_ANSWER, text(cause)), null, cause);
    }

    private void notSent(Throwable cause) {
        batch.tried(false);
        decide(failure(Failure.Kind.NOT_SENT, LocalCode.NOT_SENT, text(cause)), null, cause);
    }

    private Failure failure(Failure.Kind kind, int code, String info) {
        return new Failure(kind, work.api(), batch.attempts(), batch.size(), code, info, false);
    }

    private void decide(Failure failure, @Nullable Attempt attempt, Throwable fatal) {
        latest = failure;
        Decision decision = config.policy().decide(failure);
        LOG.debug(
                "{} with {} accounts, attempt {}: {} {} ({}), so {} after {}",
                work.api().command(),
                size,
                failure.attempt(),
                failure.kind(),
                failure.code(),
                fatal.getCause() == null ? failure.info() : fatal.getCause().toString(),
                decision.action(),
                decision.delay());
        owner.consequences().of(decision, work.api());
        switch (decision.action()) {
            case AGAIN, SLOW_DOWN, SLOW_DOWN_ALL, PAUSE, PAUSE_ALL, SERIALISE -> again(decision.delay(), failure);
            case RENEW -> renew(attempt, failure, fatal);
            case HALVE -> {
                if (last || batch.size() == 1) {
                    giveUp(failure);
                } else {
                    end(Finished.inPieces(this, batch.halves()));
                }
            }
            case GIVE_UP -> giveUp(failure);
            case STOP -> stopAll(fatal);
        }
    }

    private void renew(@Nullable Attempt attempt, Failure failure, Throwable fatal) {
        Signed used = attempt == null ? null : attempt.signed();
        Signed before = expired;
        if (used == null || (before != null && used.number() > before.number())) {
            stopAll(fatal); // expired again although it is new: the clock or the key is wrong
            return;
        }
        expired = used;
        config.signatures().renew(used);
        again(Duration.ZERO, failure);
    }

    private void again(Duration delay, Failure failure) {
        phase.compareAndSet(ON_WIRE, BEFORE_WIRE);
        if (last) {
            giveUp(failure);
            return;
        }
        current.update(config.scheduler().schedule(this::attempt, delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void giveUp(Failure failure) {
        end(givenUp(failure));
    }

    private Finished<R> givenUp(Failure failure) {
        return new Finished<>(this, Sorting.allEnd(work, batch, failure), null, Duration.ZERO, List.of(), null);
    }

    /** Accounts that an earlier attempt may have deleted get a word of their own; the error speaks for the others. */
    private void stopAll(Throwable fatal) {
        end(new Finished<>(this, Sorting.ambiguousEnd(work, batch, fatal), null, Duration.ZERO, List.of(), fatal));
    }

    private void end(Finished<R> finished) {
        if (phase.getAndSet(ENDED) != ENDED) {
            owner.finished(finished);
        }
    }

    static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** One attempt on the transport. */
    private final class Exchange extends BaseSubscriber<byte[]> {

        private final Attempt attempt;

        Exchange(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public Context currentContext() {
            return owner.context();
        }

        @Override
        protected void hookOnNext(byte[] bytes) {
            guarded(() -> answered(bytes, attempt));
        }

        @Override
        protected void hookOnError(Throwable error) {
            guarded(() -> failed(error));
        }

        private void failed(Throwable error) {
            if (error instanceof NotSentException || error instanceof OverloadedException) {
                notSent(error);
            } else if (error instanceof GatewayClosedException) {
                stopAll(error);
            } else {
                ambiguous(error);
            }
        }

        /** A policy of the user's may throw; that ends the stream, and is not swallowed by the transport. */
        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException error) {
                stopAll(error);
            }
        }
    }
}
