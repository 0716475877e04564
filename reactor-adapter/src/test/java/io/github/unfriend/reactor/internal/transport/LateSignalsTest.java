/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.NotSentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.PrematureCloseException;
import reactor.util.context.Context;

class LateSignalsTest {

    private final List<Object> told = new ArrayList<>();
    private final Context context = LateSignals.ignoredIn(Context.of(
            "reactor.onNextDropped.local", (Consumer<Object>) told::add,
            "reactor.onErrorDropped.local", (Consumer<Throwable>) told::add));

    @Test
    void whatCameForACallThatWasGivenUpIsLetGo() {
        Operators.onNextDropped(new HttpAnswer(Api.FRIEND_DELETE, "host", 200, null, new Body(1)), context);
        Operators.onErrorDropped(new NotSentException("It was stopped before its turn.", null), context);
        Operators.onErrorDropped(PrematureCloseException.TEST_EXCEPTION, context);
        assertThat(told).isEmpty();
    }

    @Test
    void theSubscribersHooksGetEverythingElse() {
        Exception error = new IOException("of a provider of UserSigs, for example");
        Operators.onNextDropped("item", context);
        Operators.onErrorDropped(error, context);
        assertThat(told).containsExactly("item", error);
    }
}
