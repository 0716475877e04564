/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.webflux.ExampleProperties;
import io.github.unfriend.webflux.calls.CallMeter;
import io.github.unfriend.webflux.web.ProblemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The deletions of this process: those that run, up to a limit, and the last few that have ended. */
@Component
class Deletions {

    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 6;

    private final ExampleProperties.Limits limits;
    private final boolean thereIsAWebhook;
    private final CallMeter calls;
    private final Spool spool;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Deletion> byId = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Deletion> newestFirst = new ConcurrentLinkedDeque<>();
    private final AtomicInteger running = new AtomicInteger();

    Deletions(ExampleProperties properties, CallMeter calls, Spool spool) {
        this.limits = properties.limits();
        this.thereIsAWebhook = properties.webhook().token() != null;
        this.calls = calls;
        this.spool = spool;
    }

    /**
     * Takes a place; to be given back with {@link #ended}.
     *
     * @throws ProblemException 429 when all places are taken
     */
    Deletion open(DeleteType type, boolean streamed) {
        if (running.incrementAndGet() > limits.running()) {
            running.decrementAndGet();
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-deletions",
                    "Already " + limits.running() + " deletions are running, and all of them share one quota of calls."
                            + " Wait for one to end, or cancel one.");
        }
        Deletion deletion = new Deletion(newId(), type, streamed, calls, new Confirmations(thereIsAWebhook), clock);
        byId.put(deletion.id(), deletion);
        newestFirst.addFirst(deletion);
        return deletion;
    }

    /** Gives the place back; the deletion can still be looked at, until newer ones push it out. */
    void ended(Deletion deletion) {
        if (deletion.givesItsPlaceBack()) {
            running.decrementAndGet();
        }
        long bytes = 0;
        int finished = 0;
        for (Deletion each : newestFirst) {
            if (each.state().isFinal()) {
                bytes += each.written();
                finished++;
                if (finished > limits.kept()
                        || (finished > 1 && bytes > limits.results().toBytes())) {
                    forget(each);
                }
            }
        }
    }

    /**
     * Makes room for more results: those of deletions that have ended go, the oldest first.
     *
     * @throws ProblemException if the results of those that run leave no room
     */
    void makeRoom(long bytes) {
        long most = limits.results().toBytes();
        long all = bytes + newestFirst.stream().mapToLong(Deletion::written).sum();
        for (Iterator<Deletion> oldest = newestFirst.descendingIterator(); all > most && oldest.hasNext(); ) {
            Deletion each = oldest.next();
            if (each.state().isFinal()) {
                all -= each.written();
                forget(each);
            }
        }
        if (all > most) {
            throw new ProblemException(
                    HttpStatus.INSUFFICIENT_STORAGE,
                    "results-too-large",
                    "The results need more than " + limits.results().toMegabytes()
                            + " MB. Accounts without a line may or"
                            + " may not be deleted: post them again, in smaller lists or as a stream.");
        }
    }

    /** A deletion whose list could not be read leaves no trace. */
    void forget(Deletion deletion) {
        byId.remove(deletion.id());
        newestFirst.remove(deletion);
        spool.delete(spool.list(deletion.id()));
        spool.delete(spool.results(deletion.id()));
    }

    /**
     * Finds one.
     *
     * @throws ProblemException 404 when there is none
     */
    Deletion get(String id) {
        Deletion deletion = byId.get(id);
        if (deletion == null) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "no-such-deletion",
                    "There is no deletion of this name: it has never been, or it ended and made room for newer ones."
                            + " GET /deletions lists those that are known.");
        }
        return deletion;
    }

    /** The newest first. */
    List<Deletion> all() {
        return Collections.unmodifiableList(new ArrayList<>(newestFirst));
    }

    void tick() {
        newestFirst.forEach(Deletion::tick);
    }

    /** The webhook reports removals; those that just ended may still be waiting for theirs. */
    void confirm(List<Friendship> removed) {
        newestFirst.forEach(each -> each.confirm(removed));
    }

    /** Nobody could ask for the rest of the results any more; those who read a stream get theirs. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        newestFirst.stream().filter(each -> !each.isStreamed()).forEach(Deletion::cancel);
    }

    /** Short enough to be typed, and no number that another run of the program would give again. */
    private static String newId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
