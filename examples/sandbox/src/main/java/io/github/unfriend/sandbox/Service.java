/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The two APIs without their wire: checks a call, does its work and decides what goes back. Runs on event loops and
 * never waits. The work is done when the call arrives and only the answer takes time, so the friendships of a caller
 * that hangs up are deleted as well.
 */
final class Service {

    private final SandboxOptions options;
    private final FriendLists friends;
    private final Score score;
    private final SignatureCheck signatures;
    private final RateLimit[] limits = new RateLimit[Api.values().length];
    private volatile @Nullable Webhook webhook;
    private volatile Faults faults;

    Service(SandboxOptions options, FriendLists friends, Score score) {
        this.options = options;
        this.friends = friends;
        this.score = score;
        this.signatures = new SignatureCheck(options);
        this.faults = new Faults(options.faultPlan());
        for (Api api : Api.values()) {
            limits[api.index()] = new RateLimit(options.callsPerSecond(api), options.refusedCallsCount());
        }
    }

    SignatureCheck signatures() {
        return signatures;
    }

    void limit(Api api, int callsPerSecond) {
        limits[api.index()].limit(callsPerSecond);
    }

    void callback(@Nullable Webhook next) {
        webhook = next;
    }

    void misbehave(FaultPlan plan) {
        faults = new Faults(plan);
    }

    FaultPlan plan() {
        return faults.plan;
    }

    Answer serve(boolean post, String uri, Bytes bytes, long connection, long arrivalNanos) {
        Tally tally = score.tally();
        QueryStringDecoder target = new QueryStringDecoder(uri);
        Api api = Api.at(target.path());
        if (api == null) {
            tally.violation("there is no API at this path");
            return refusal(Codes.WRONG_PATH);
        }
        tally.arrived(api).add(arrivalNanos);
        Faults now = faults;
        long number = now.numbers.incrementAndGet(api.index());
        int code = admit(tally, api, post, target, arrivalNanos);
        @Nullable RequestBody body = post ? RequestBody.read(api, bytes, tally) : null;
        if (body != null && code == Codes.OK) {
            code = body.code;
        }
        String from = body == null ? "" : body.fromAccount;
        List<String> to = body == null ? List.of() : body.toAccounts;
        Fault fault = now.plan.decide(new CallInfo(api, number, from, to, connection, arrivalNanos));
        long delay = fault.delayNanos() + options.latency().draw(Latency.randomOf(~options.seed(), api, number));
        Runnable leave = () -> {};
        if (!from.isEmpty()) {
            boolean alone = tally.enter(from) == 1;
            AtomicBoolean left = new AtomicBoolean();
            leave = () -> {
                if (left.compareAndSet(false, true)) {
                    tally.leave(from);
                }
            };
            if (!alone && now.plan.conflicts() && code == Codes.OK) {
                code = Codes.WRITE_CONFLICT;
            }
        }
        if (fault.kind() != FaultKind.NONE && (fault.kind() != FaultKind.CODE || code == Codes.OK)) {
            Tally.count(tally.faults, fault.kind());
        }
        if (code == Codes.OK && body != null) {
            return work(tally, body, fault, delay, leave);
        }
        return new Answer(Answer.failure(code, Codes.text(code)), code, fault, delay, leave);
    }

    /** Everything that is checked before the body: method, query, signature, and at last the limit. */
    private int admit(Tally tally, Api api, boolean post, QueryStringDecoder target, long arrivalNanos) {
        if (!post) {
            tally.violation("the method is not POST");
            return Codes.WRONG_HTTP;
        }
        int code = new RequestQuery(target, tally).check(options.sdkAppId(), signatures);
        if (code != Codes.OK) {
            return code;
        }
        if (!limits[api.index()].accept(arrivalNanos)) {
            tally.refused(api).increment();
            return Codes.TOO_FREQUENT;
        }
        tally.accepted(api).add(arrivalNanos);
        return Codes.OK;
    }

    private Answer work(Tally tally, RequestBody body, Fault fault, long delay, Runnable leave) {
        if (fault.kind() == FaultKind.CODE) {
            return new Answer(Answer.failure(fault.code(), fault.info()), fault.code(), fault, delay, leave);
        }
        if (!friends.exists(body.fromAccount)) {
            int code = Codes.NO_SUCH_ACCOUNT;
            return new Answer(Answer.failure(code, Codes.text(code)), code, fault, delay, leave);
        }
        if (!fault.kind().working()) {
            return new Answer(new Bytes(0), Codes.OK, fault, delay, leave);
        }
        if (body.api == Api.FRIEND_DELETE_ALL) {
            friends.removeAll(body.fromAccount, body.both, (from, to) -> tally.deletions.increment());
            return new Answer(Answer.success(null), Codes.OK, fault, delay, leave);
        }
        return new Answer(Answer.success(delete(tally, body, fault)), Codes.OK, fault, delay, leave);
    }

    private List<Answer.Item> delete(Tally tally, RequestBody body, Fault fault) {
        List<Answer.Item> items = new ArrayList<>(body.toAccounts.size());
        Webhook webhook = this.webhook;
        List<String> pairs = new ArrayList<>();
        for (String to : body.toAccounts) {
            int code = fault.itemCode(to);
            if (code == Codes.OK) {
                code = deleteOne(tally, body.fromAccount, to, body.both, pairs);
            }
            if (!fault.omits(to)) {
                items.add(new Answer.Item(to, code));
            }
        }
        tally.countItems(items);
        if (webhook != null && !pairs.isEmpty()) {
            webhook.fire(pairs, tally);
        }
        return items;
    }

    /** With Delete_Type_Both, From_Account's own list decides the code; the vendor does not document one-sided cases. */
    private int deleteOne(Tally tally, String from, String to, boolean both, List<String> pairs) {
        if (!friends.exists(to)) {
            return Codes.NO_SUCH_ACCOUNT;
        }
        boolean removed = remove(tally, from, to, pairs);
        if (both) {
            remove(tally, to, from, pairs);
        }
        return removed ? Codes.OK : Codes.NOT_FRIENDS;
    }

    private boolean remove(Tally tally, String from, String to, List<String> pairs) {
        if (!friends.remove(from, to)) {
            return false;
        }
        tally.deletions.increment();
        pairs.add(from);
        pairs.add(to);
        return true;
    }

    private static Answer refusal(int code) {
        return new Answer(Answer.failure(code, Codes.text(code)), code, Fault.none(), 0, () -> {});
    }

    /** A plan with the running numbers of its calls, so that a new plan begins at 1. */
    private static final class Faults {
        final FaultPlan plan;
        final AtomicLongArray numbers = new AtomicLongArray(Api.values().length);

        Faults(FaultPlan plan) {
            this.plan = plan;
        }
    }
}
