/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.ErrorCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.webflux.deletions.Progress.FailedAccount;
import io.github.unfriend.webflux.deletions.Progress.Failures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last failures of each code: a code that comes a thousand times must not hide one that came once. Bounded; one
 * thread writes, any may read.
 */
final class FailureLog {

    private static final int KEPT_OF_EACH = 8;
    private static final int MOST_CODES = 50;

    private final Map<Integer, Failures> byCode = new ConcurrentHashMap<>();

    void add(ResultItem result, Outcome outcome, Instant now) {
        ErrorCode code = result.errorCode();
        Failures before = byCode.get(code.number());
        if (before == null && byCode.size() == MOST_CODES) {
            return;
        }
        List<FailedAccount> last = new ArrayList<>(KEPT_OF_EACH);
        last.add(new FailedAccount(now, result.fromAccount(), result.toAccount(), result.resultInfo()));
        if (before != null) {
            before.last().stream().limit(KEPT_OF_EACH - 1L).forEach(last::add);
        }
        long count = before == null ? 1 : before.count() + 1;
        byCode.put(
                code.number(),
                new Failures(
                        code.number(),
                        outcome,
                        count,
                        code.category(),
                        code.meaning(),
                        code.advice(),
                        List.copyOf(last)));
    }

    List<Failures> latestFirst() {
        List<Failures> all = new ArrayList<>(byCode.values());
        all.sort(
                Comparator.comparing((Failures each) -> each.last().get(0).at()).reversed());
        return all;
    }
}
