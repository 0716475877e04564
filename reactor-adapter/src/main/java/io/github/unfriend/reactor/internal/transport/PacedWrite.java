/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.NotSentException;
import io.github.unfriend.UnfriendException;
import io.github.unfriend.internal.wire.RequestTarget;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import io.github.unfriend.reactor.internal.transport.UserSigs.Signed;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.NettyOutbound;
import reactor.util.context.Context;

/**
 * The last steps of a call that has its connection: wait for a permit, go to the connection's event loop, write head
 * and body in one piece, and tell the permit when they are really gone. Cancelling (the connection closed, the caller
 * left) before the write gives the permit back.
 */
final class PacedWrite extends Mono<Void> {

    private final Pacer pacer;
    private final Attempt attempt;
    private final UserSigs signatures;
    private final Channel channel;
    private final NettyOutbound out;

    PacedWrite(Pacer pacer, Attempt attempt, UserSigs signatures, Channel channel, NettyOutbound out) {
        this.pacer = pacer;
        this.attempt = attempt;
        this.signatures = signatures;
        this.channel = channel;
        this.out = out;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        Steps steps = new Steps(actual);
        actual.onSubscribe(steps);
        attempt.writing(steps::cancel, channel);
        HttpFraming.expectNothing(channel);
        try {
            Objects.requireNonNull(pacer.acquire(attempt.api()), "permit").subscribe(steps);
        } catch (Throwable broken) { // also an error of the JVM: the call ends with it
            steps.onError(broken);
        }
    }

    private final class Steps implements CoreSubscriber<Permit>, Subscription, Runnable {

        private final CoreSubscriber<? super Void> actual;
        /** The wait for the permit, or the write; or the cancelled one. */
        private final AtomicReference<@Nullable Subscription> current = new AtomicReference<>();

        private @Nullable Permit permit;

        Steps(CoreSubscriber<? super Void> actual) {
            this.actual = actual;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void request(long n) {
            // emits no item; the permit is asked for on subscription, when the connection is in hand
        }

        @Override
        public void cancel() {
            Subscription before = current.getAndSet(Operators.cancelledSubscription());
            if (before != null) {
                before.cancel();
            }
            if (attempt.isSent()) {
                attempt.written(); // the write goes on unwatched; the service may count it
            }
        }

        @Override
        public void onSubscribe(Subscription wait) {
            if (current.compareAndSet(null, wait)) {
                wait.request(1);
            } else {
                wait.cancel();
            }
        }

        @Override
        public void onNext(Permit granted) {
            permit = granted;
            if (channel.eventLoop().inEventLoop()) {
                run();
                return;
            }
            try {
                channel.eventLoop().execute(this);
            } catch (RuntimeException shuttingDown) {
                granted.giveBack();
                failHere("the event loop is shutting down", shuttingDown);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (error instanceof UnfriendException) {
                attempt.failedHere();
                later(error);
            } else {
                failHere("the pacer failed (" + error.getClass().getSimpleName() + ")", error);
            }
        }

        @Override
        public void onComplete() {
            if (permit == null) {
                failHere("the pacer gave no permit", null);
            }
        }

        /** On the event loop of the connection. */
        @Override
        public void run() {
            Permit granted = permit;
            if (granted == null) {
                return;
            }
            if (isCancelled()) {
                granted.giveBack();
            } else if (!channel.isActive()) {
                granted.giveBack();
                fail("the connection closed while the call waited for its turn", null);
            } else if (!attempt.content().close()) {
                granted.giveBack();
                failHere("it was stopped before its turn", null);
            } else {
                write(granted);
            }
        }

        private void write(Permit granted) {
            Signed signed;
            byte[] body;
            try {
                signed = signatures.current();
                body = attempt.content().body();
            } catch (Throwable broken) {
                granted.giveBack();
                failHere(
                        "it could not be signed or written ("
                                + broken.getClass().getSimpleName() + ")",
                        broken);
                return;
            }
            long random = ThreadLocalRandom.current().nextLong(RequestTarget.MAX_RANDOM + 1);
            channel.attr(TargetHandler.TARGET)
                    .set(RequestTarget.of(
                            attempt.api(),
                            signatures.sdkAppId(),
                            signatures.administrator(),
                            signed.userSig(),
                            random));
            attempt.leaving(granted, signed);
            if (isCancelled()) {
                attempt.over(); // cancelled at this moment, when there was no permit to tell
            }
            out.sendObject(Unpooled.wrappedBuffer(body)).then().subscribe(new Sending());
        }

        @SuppressWarnings("ReferenceEquality") // one marker for all
        private boolean isCancelled() {
            return current.get() == Operators.cancelledSubscription();
        }

        private void failHere(String why, @Nullable Throwable cause) {
            attempt.failedHere();
            fail(why, cause);
        }

        private void fail(String why, @Nullable Throwable cause) {
            later(new NotSentException("The call of " + attempt.api().command() + " could not be sent: " + why, cause));
        }

        /** Never while the connection is still being handed over: its pool would count it as returned twice. */
        private void later(Throwable error) {
            try {
                channel.eventLoop().execute(() -> {
                    if (!isCancelled()) {
                        actual.onError(error);
                    }
                });
            } catch (RuntimeException shuttingDown) {
                actual.onError(error);
            }
        }

        /** Follows the write itself, which cannot be taken back any more. */
        private final class Sending implements CoreSubscriber<Void> {

            @Override
            public Context currentContext() {
                return actual.currentContext();
            }

            @Override
            public void onSubscribe(Subscription writing) {
                Subscription before = current.get();
                if (!isCancelled()) {
                    current.compareAndSet(before, writing);
                }
                writing.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Void nothing) {
                // a write emits no item
            }

            @Override
            public void onError(Throwable error) {
                attempt.written();
                actual.onError(error);
            }

            @Override
            public void onComplete() {
                attempt.written();
                actual.onComplete();
            }
        }
    }
}
