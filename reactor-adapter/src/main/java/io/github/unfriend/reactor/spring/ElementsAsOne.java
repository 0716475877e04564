/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.internal.concurrent.DrainLoop;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * The buffers of all elements, one element after the other, as {@code concatMap} gives them, with two differences: no
 * demand is lost when two threads ask at the same moment, and when the reader leaves every buffer is released. Elements
 * that are not read are asked for what they hold then, for nothing else releases it.
 */
final class ElementsAsOne extends Flux<DataBuffer> {

    /** Buffers of one element that nobody reads any more; one that makes them as it is asked may have no end. */
    private static final int MOST_AT_HAND = 1_024;

    private final Publisher<? extends Publisher<? extends DataBuffer>> elements;
    private final int ahead;

    /**
     * For one answer.
     *
     * @param elements what is to be written
     * @param ahead how many elements are asked for at once
     */
    ElementsAsOne(Publisher<? extends Publisher<? extends DataBuffer>> elements, int ahead) {
        this.elements = elements;
        this.ahead = ahead;
    }

    @Override
    public void subscribe(CoreSubscriber<? super DataBuffer> reader) {
        elements.subscribe(new Answer(reader, ahead));
    }

    /** Each signal is noted by the thread it comes on; the step that acts on it has one thread at a time. */
    private static final class Answer implements CoreSubscriber<Publisher<? extends DataBuffer>>, Subscription {

        private final CoreSubscriber<? super DataBuffer> reader;
        private final int ahead;
        private final DrainLoop loop = new DrainLoop();
        private final Runnable step = this::step;
        private final AtomicLong demand = new AtomicLong();
        private final Queue<Publisher<? extends DataBuffer>> waiting;
        private final Queue<DataBuffer> buffers = Queues.<DataBuffer>one().get();
        private volatile boolean complete;
        private volatile @Nullable Throwable failure;
        private volatile boolean over;

        private Subscription source = Operators.emptySubscription();

        // ---- of the draining thread ----
        private @Nullable Element current;
        private int toAskFor;

        Answer(CoreSubscriber<? super DataBuffer> reader, int ahead) {
            this.reader = reader;
            this.ahead = ahead;
            this.toAskFor = ahead;
            this.waiting =
                    Queues.<Publisher<? extends DataBuffer>>unbounded(ahead).get();
        }

        @Override
        public Context currentContext() {
            return reader.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            reader.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                demand.accumulateAndGet(n, Operators::addCap);
                loop.run(step);
            }
        }

        @Override
        public void cancel() {
            over = true;
            source.cancel();
            loop.run(step);
        }

        @Override
        public void onNext(Publisher<? extends DataBuffer> element) {
            waiting.offer(element);
            loop.run(step);
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
            onComplete();
        }

        @Override
        public void onComplete() {
            complete = true;
            loop.run(step);
        }

        private void step() {
            while (!over) {
                Element element = current;
                DataBuffer buffer;
                if (element == null) {
                    if (!beginNext()) {
                        return;
                    }
                } else if ((buffer = buffers.poll()) != null) {
                    element.asked = false;
                    if (demand.get() != Long.MAX_VALUE) {
                        demand.decrementAndGet();
                    }
                    reader.onNext(buffer);
                } else if (element.complete) {
                    endOf(element);
                } else if (demand.get() > 0 && !element.asked) {
                    element.asked = true;
                    element.request(1);
                } else {
                    return;
                }
            }
            releaseAll();
        }

        /** Subscribes to the next element, or ends with the last; false if there is nothing to do until more comes. */
        private boolean beginNext() {
            if (toAskFor > ahead / 2 && demand.get() > 0) {
                int n = toAskFor;
                toAskFor = 0;
                source.request(n);
            }
            boolean last = complete; // read first: what came before it is in the queue then
            Publisher<? extends DataBuffer> next = waiting.poll();
            if (next != null) {
                toAskFor++;
                current = new Element();
                next.subscribe(current);
                return true;
            }
            if (last) {
                end(failure);
            }
            return last;
        }

        private void endOf(Element element) {
            current = null;
            if (element.failure != null) {
                source.cancel();
                end(element.failure);
            }
        }

        private void end(@Nullable Throwable cause) {
            over = true;
            if (cause == null) {
                reader.onComplete();
            } else {
                reader.onError(cause);
            }
        }

        private void releaseAll() {
            DataBuffer buffer;
            while ((buffer = buffers.poll()) != null) {
                DataBufferUtils.release(buffer);
            }
            Element element = current;
            if (element != null) {
                current = null;
                element.release();
            }
            Publisher<? extends DataBuffer> next;
            while ((next = waiting.poll()) != null) {
                Element unread = new Element();
                next.subscribe(unread);
                unread.release();
            }
        }

        /** One element: it is asked for one buffer at a time. */
        private final class Element extends BaseSubscriber<DataBuffer> {

            private boolean asked;
            private @Nullable Throwable failure;
            private volatile boolean complete;

            /** Has it give the buffers that it holds, since nothing else releases them. */
            void release() {
                request(MOST_AT_HAND);
                cancel();
            }

            @Override
            public Context currentContext() {
                return reader.currentContext();
            }

            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                // The step asks, when the reader has.
            }

            @Override
            protected void hookOnNext(DataBuffer buffer) {
                if (over) {
                    DataBufferUtils.release(buffer);
                } else {
                    buffers.offer(buffer);
                    loop.run(step);
                }
            }

            @Override
            protected void hookOnError(Throwable cause) {
                failure = cause;
            }

            @Override
            protected void hookFinally(SignalType type) {
                complete = true;
                loop.run(step);
            }
        }
    }
}
