/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.micro;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The life of one permit: acquired, written, answered. The benchmark is the caller and the transport in one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PermitBenchmark {

    /** Which pacer: ours, which counts, or the one that lets everything pass. */
    @Param({"paced", "unpaced"})
    public String pacer = "paced";

    private @Nullable Mono<Permit> permits;
    private @Nullable Pacer disposable;

    /** For JMH. */
    public PermitBenchmark() {}

    /** Builds the pacer. */
    @Setup
    public void build() {
        disposable = pacer.equals("paced") ? PermitPacers.withoutWaiting() : Pacer.unpaced();
        permits = disposable.acquire(Api.FRIEND_DELETE);
    }

    /** Ends the pacer. */
    @TearDown
    public void dispose() {
        if (disposable != null) {
            disposable.dispose();
        }
    }

    /** One caller at a time. */
    @Benchmark
    @Threads(1)
    public void oneThread() {
        new Caller().call(permits);
    }

    /** Eight callers that want the same lane. */
    @Benchmark
    @Threads(8)
    public void eightThreads() {
        new Caller().call(permits);
    }

    /** Uses the permit as soon as it comes, on whichever thread that is, and is back when it was used. */
    private static final class Caller implements CoreSubscriber<Permit> {

        private volatile boolean done;

        @SuppressWarnings("ThreadPriorityCheck") // more callers than cores: whoever has the turn must get to run
        void call(@Nullable Mono<Permit> permits) {
            if (permits != null) {
                permits.subscribe(this);
                while (!done) {
                    Thread.yield();
                }
            }
        }

        @Override
        public Context currentContext() {
            return Context.empty();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(Permit permit) {
            permit.written();
            permit.answered();
        }

        @Override
        public void onError(Throwable error) {
            done = true;
            throw new IllegalStateException("a permit was refused", error);
        }

        @Override
        public void onComplete() {
            done = true;
        }
    }
}
