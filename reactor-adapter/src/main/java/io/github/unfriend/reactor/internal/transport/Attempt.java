/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.Api;
import io.github.unfriend.NoAnswerException;
import io.github.unfriend.NotSentException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.UnfriendException;
import io.github.unfriend.reactor.Permit;
import io.github.unfriend.reactor.internal.observation.CallListener;
import io.github.unfriend.reactor.internal.transport.UserSigs.Signed;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/**
 * What one attempt has reached so far. The one question that decides everything after a failure, whether the service
 * may have seen the call, is answered here and not read from the text or type of an exception.
 */
public final class Attempt {

    /** On some connection an answer was read: whoever closes it afterwards is a server that works. */
    private static final AttributeKey<Boolean> ANSWERED = AttributeKey.valueOf(Attempt.class, "answered");

    /** A server that works lets a fresh connection wait longer than this. */
    private static final long AT_ONCE = Duration.ofMillis(100).toNanos();

    static final int OK = 200;

    private final Api api;
    private final Content content;
    private final CallListener listener;
    private final boolean newConnection;
    private final AtomicReference<@Nullable Runnable> waitsNoMore = new AtomicReference<>();
    private final Sinks.Empty<Void> left = Sinks.empty();
    private final ChannelFutureListener closed = future -> connectionClosed();
    private final Disposable.Swap write = Disposables.swap();
    private volatile @Nullable Channel connection;
    private volatile long connectedAt;
    private volatile String host = "";
    private volatile boolean sent;
    private volatile boolean failedHere;
    private volatile boolean turnedAway;
    private volatile @Nullable Permit permit;
    private volatile @Nullable Throwable permitFailure;
    private volatile @Nullable Signed signed;

    /**
     * A call that is ready to be sent.
     *
     * @param api the API to call
     * @param content what is sent
     * @param listener told what becomes of it
     * @param newConnection whether a connection that was kept may be dead
     */
    public Attempt(Api api, Content content, CallListener listener, boolean newConnection) {
        this.api = api;
        this.content = content;
        this.listener = listener;
        this.newConnection = newConnection;
    }

    /** What a call says. Asked on the event loop, when the permit is in hand: until then accounts may be added. */
    public interface Content {

        /** From now on nothing is added; false if there is nothing to send, or nobody wants it sent any more. */
        boolean close();

        /** The request body; asked after it was closed. */
        byte[] body();

        /** How many accounts the body names. */
        int accounts();
    }

    /** The signature that the call was sent with; null before it was sent. */
    public @Nullable Signed signed() {
        return signed;
    }

    /** Who is told what becomes of it. */
    public CallListener listener() {
        return listener;
    }

    Api api() {
        return api;
    }

    Content content() {
        return content;
    }

    /** Runs this once when the request leaves, or when it is over. */
    void whenItWaitsNoMore(Runnable action) {
        waitsNoMore.set(action);
    }

    private void waitsNoMore() {
        Runnable action = waitsNoMore.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    boolean needsNewConnection() {
        return newConnection;
    }

    /** Where it goes; said before it goes anywhere. */
    void to(String name) {
        host = name;
    }

    /**
     * Whether the connection closed while the call waited for its turn, and nobody is to blame: servers close idle
     * connections.
     */
    public boolean lostItsConnection() {
        return connection != null && !sent && !failedHere && !turnedAway;
    }

    /** Whether the way to the host failed: no connection, or one that was closed as soon as it was open. */
    boolean isFaultOfTheHost() {
        return connection == null || turnedAway;
    }

    private boolean wasTurnedAway() {
        Channel opened = connection;
        return opened != null
                && !sent
                && !failedHere
                && !opened.hasAttr(ANSWERED)
                && System.nanoTime() - connectedAt < AT_ONCE;
    }

    /** What keeps it from being sent is on this side: the pacer, the signature, or nobody who wants it any more. */
    void failedHere() {
        failedHere = true;
    }

    boolean isSent() {
        return sent;
    }

    /** The connection is in hand: the write that waits for its permit. */
    void writing(Disposable pending, Channel opened) {
        connectedAt = System.nanoTime();
        connection = opened;
        write.update(pending);
        listener.waiting();
        opened.closeFuture().addListener(closed);
    }

    private void connectionClosed() {
        Channel opened = connection;
        if (!sent && opened != null) {
            HttpFraming.closesQuietly(opened);
            left.tryEmitError(new NotSentException(
                    "The call of " + api.command() + " could not be sent: its connection closed before its turn.",
                    null));
        }
    }

    /**
     * The exchange is over, in whatever way. The HTTP client closes the connection of a cancelled exchange but lets the
     * write go on waiting: its place in the queue has to be given back here.
     */
    void over() {
        waitsNoMore();
        Channel opened = connection;
        if (opened != null) {
            opened.closeFuture().removeListener(closed);
        }
        write.dispose();
        Permit used = permit;
        if (used != null) {
            used.abandoned(); // means nothing if it was answered
        }
    }

    /** From now on the service may see the call. */
    void leaving(Permit used, Signed with) {
        permit = used;
        signed = with;
        sent = true;
        waitsNoMore();
        listener.leaving(content.accounts());
        left.tryEmitEmpty();
    }

    /** The last byte was handed to the socket, or the write failed half-way. */
    void written() {
        tellPermit(used -> used.written(host));
    }

    /** The head of an answer arrived. */
    void answered(int status) {
        Channel opened = connection;
        if (opened != null) {
            opened.attr(ANSWERED).set(true);
        }
        tellPermit(used -> used.answered(status == OK));
    }

    /** A permit of the user's may throw anything, also what is fatal to the JVM and stops the HTTP client. */
    private void tellPermit(Consumer<Permit> word) {
        Permit used = permit;
        if (used != null) {
            try {
                word.accept(used);
            } catch (Throwable thrown) {
                permitFailure = thrown;
            }
        }
    }

    /** With the whole answer in hand: throws what the permit threw. */
    void checkPermit() {
        Throwable thrown = permitFailure;
        if (thrown != null) {
            throw new NoAnswerException("The permit of the call failed.", thrown);
        }
    }

    /**
     * Completes when the request begins to leave: a write that gets stuck is a call without an answer, too. Fails if the
     * connection closes before: sooner than the HTTP client notices, which would log it.
     */
    Mono<Void> left() {
        return left.asMono();
    }

    /** Gives every error of the transport its meaning: surely not sent, or maybe received. */
    Throwable classify(Throwable error) {
        turnedAway = wasTurnedAway();
        if (error instanceof UnfriendException) {
            return error;
        }
        if (error instanceof PoolAcquirePendingLimitException full) {
            return new OverloadedException(full.getAcquirePendingLimit());
        }
        String what = error.getClass().getSimpleName();
        return sent
                ? new NoAnswerException("No readable answer to " + api.command() + " (" + what + ").", error)
                : new NotSentException("The call of " + api.command() + " could not be sent (" + what + ").", error);
    }
}
