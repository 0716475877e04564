/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * The rules of the Reactive Streams Technology Compatibility Kit as JUnit tests, one for each rule. The kit skips what
 * it cannot verify and optional rules that do not hold; a required rule may only be skipped when it needs more elements
 * than the publisher can have.
 */
final class TckRules<T> extends PublisherVerification<T> {

    /** How long to wait for a signal that must come; no busy machine needs that. */
    private static final long PATIENCE_MILLIS = 15_000;
    /** How long to listen for signals that must not come. */
    private static final long SILENCE_MILLIS = 20;

    /** How long the kit sleeps before it looks whether the garbage collector could take a cancelled subscriber. */
    private static final long COLLECTION_MILLIS = 500;

    private static final String TOO_FEW_ELEMENTS = "Unable to run this test, as required elements nr";

    private final long mostElements;
    private final LongFunction<Publisher<T>> publishers;
    private final Publisher<T> failed;

    private TckRules(long mostElements, LongFunction<Publisher<T>> publishers, Publisher<T> failed) {
        super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS, false), COLLECTION_MILLIS);
        this.mostElements = mostElements;
        this.publishers = publishers;
        this.failed = failed;
    }

    /** For publishers of any number of elements. */
    static <T> Stream<DynamicTest> ofFlux(LongFunction<Publisher<T>> publishers, Publisher<T> failed) {
        return new TckRules<>(Long.MAX_VALUE - 1, publishers, failed).tests();
    }

    /** For publishers of one element. */
    static <T> Stream<DynamicTest> ofMono(Function<Long, Publisher<T>> publishers, Publisher<T> failed) {
        return new TckRules<>(1, publishers::apply, failed).tests();
    }

    @Override
    public Publisher<T> createPublisher(long elements) {
        return publishers.apply(elements);
    }

    @Override
    public Publisher<T> createFailedPublisher() {
        return failed;
    }

    @Override
    public long maxElementsFromPublisher() {
        return mostElements;
    }

    private Stream<DynamicTest> tests() {
        return Arrays.stream(PublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> !method.getName().startsWith("untested")) // the kit has no test for these
                .sorted(Comparator.comparing(Method::getName))
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> verify(rule)));
    }

    private void verify(Method rule) throws Throwable {
        setUp();
        try {
            rule.invoke(this);
        } catch (InvocationTargetException thrown) {
            if (!(thrown.getCause() instanceof SkipException skipped)) {
                throw thrown.getCause();
            }
            String why = String.valueOf(skipped.getMessage());
            if (rule.getName().startsWith("required") && !(mostElements == 1 && why.startsWith(TOO_FEW_ELEMENTS))) {
                fail("a required rule was skipped: " + why, skipped);
            }
            throw new TestAbortedException(why, skipped);
        }
    }
}
