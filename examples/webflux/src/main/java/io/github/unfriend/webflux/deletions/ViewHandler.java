/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.reactor.spring.UnfriendProperties;
import io.github.unfriend.webflux.ExampleProperties;
import io.github.unfriend.webflux.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows deletions, and lets them be paused, resumed and cancelled. */
@Component
class ViewHandler {

    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    private final Deletions deletions;
    private final Background background;
    private final Pulse pulse;
    private final int callsPerSecond;
    private final int mostReaders;
    private final AtomicInteger readers = new AtomicInteger();

    ViewHandler(
            Deletions deletions,
            Background background,
            Pulse pulse,
            UnfriendProperties unfriend,
            ExampleProperties example) {
        this.mostReaders = example.limits().eventStreams();
        this.callsPerSecond = unfriend.callsPerSecond();
        this.deletions = deletions;
        this.background = background;
        this.pulse = pulse;
    }

    /** {@code GET /deletions}: the newest first. */
    Mono<ServerResponse> list(ServerRequest request) {
        return ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(Map.of("deletions", summaries()));
    }

    /** {@code GET /deletions/{id}}. */
    Mono<ServerResponse> progress(ServerRequest request) {
        Deletion deletion = deletion(request);
        return ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(deletion.progress());
    }

    /** {@code GET /deletions/{id}/results}: NDJSON, what is there and what comes. */
    Mono<ServerResponse> results(ServerRequest request) {
        Deletion deletion = deletion(request);
        if (deletion.isStreamed()) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "results-streamed",
                    "The results of this deletion went to the one who posted it, as they came, and were not kept."
                            + " Post with \"Prefer: respond-async\" to have them kept.");
        }
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"deletion-" + deletion.id() + ".ndjson\"")
                .cacheControl(CacheControl.noStore())
                .header(DeletionHandler.UNBUFFERED, "no")
                .build((exchange, context) -> exchange.getResponse()
                        .writeAndFlushWith(background.results(deletion).map(Mono::just)));
    }

    /** {@code DELETE /deletions/{id}}: answers when it has ended, or when that takes its time (a slow disk). */
    Mono<ServerResponse> cancel(ServerRequest request) {
        Deletion deletion = deletion(request);
        deletion.cancel();
        return deletion.ended().timeout(LONGEST_END, Mono.empty()).then(Mono.defer(() -> seen(deletion)));
    }

    /** {@code POST /deletions/{id}/pause}. */
    Mono<ServerResponse> pause(ServerRequest request) {
        Deletion deletion = deletion(request);
        return seen(deletion, deletion.pause());
    }

    /** {@code POST /deletions/{id}/resume}. */
    Mono<ServerResponse> resume(ServerRequest request) {
        Deletion deletion = deletion(request);
        return seen(deletion, deletion.resume());
    }

    private Mono<ServerResponse> seen(Deletion deletion, boolean done) {
        if (!done) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "wrong-state",
                    "The deletion is " + deletion.state().name().toLowerCase(Locale.ROOT)
                            + "; what has ended can neither be paused nor go on. Post the accounts without a line"
                            + " again.");
        }
        return seen(deletion);
    }

    private Mono<ServerResponse> seen(Deletion deletion) {
        pulse.look();
        return ServerResponse.ok().bodyValue(deletion.progress());
    }

    /**
     * {@code GET /deletions/{id}/events}: first the limit and the points of the plots that the reader has not got, by
     * {@code Last-Event-ID}, then the progress at every beat. Goes on behind the end of the deletion until the webhook
     * has reported every removal, for some seconds at the most; the last event says that it is settled.
     */
    Mono<ServerResponse> events(ServerRequest request) {
        Deletion deletion = deletion(request);
        long after = lastEventId(request);
        Flux<ServerSentEvent<Object>> history = Mono.fromSupplier(() -> ServerSentEvent.<Object>builder()
                        .event("history")
                        .retry(RECONNECT_AFTER)
                        .data(Map.of("callsPerSecond", callsPerSecond, "samples", deletion.historyAfter(after)))
                        .build())
                .flux();
        Flux<ServerSentEvent<Object>> progress = pulse.beats()
                .map(beat -> deletion.progress())
                .takeUntil(Progress::settled)
                .map(now -> ServerSentEvent.<Object>builder()
                        .event("progress")
                        .id(Long.toString(now.sample().t()))
                        .data(now)
                        .build());
        return events(history.concatWith(progress));
    }

    /** {@code GET /deletions/events}: all deletions in short, whenever something about them has changed. */
    Mono<ServerResponse> allEvents(ServerRequest request) {
        return events(pulse.beats()
                .map(beat -> summaries())
                .distinctUntilChanged()
                .map(all -> ServerSentEvent.<Object>builder()
                        .event("deletions")
                        .retry(RECONNECT_AFTER)
                        .data(all)
                        .build()));
    }

    private Mono<ServerResponse> events(Flux<ServerSentEvent<Object>> events) {
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header(DeletionHandler.UNBUFFERED, "no")
                .body(BodyInserters.fromServerSentEvents(Flux.defer(() -> admitted(events))));
    }

    private <T> Flux<T> admitted(Flux<T> events) {
        if (readers.incrementAndGet() > mostReaders) {
            readers.decrementAndGet();
            return Flux.error(new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-readers",
                    "Already " + mostReaders + " readers follow the events. Close a page, or ask now and then with GET"
                            + " /deletions."));
        }
        return events.doFinally(end -> readers.decrementAndGet());
    }

    private List<Summary> summaries() {
        return deletions.all().stream().map(Deletion::progress).map(Summary::of).toList();
    }

    private Deletion deletion(ServerRequest request) {
        return deletions.get(request.pathVariable("id"));
    }

    private static long lastEventId(ServerRequest request) {
        String id = request.headers().firstHeader("Last-Event-ID");
        try {
            return id == null ? -1 : Long.parseLong(id);
        } catch (NumberFormatException e) {
            return -1; // not one of ours: everything from the begin
        }
    }
}
