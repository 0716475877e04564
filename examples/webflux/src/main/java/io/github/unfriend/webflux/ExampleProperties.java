/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What this application adds to the {@code unfriend.*} properties of the gateway.
 *
 * @param limits how much may go on at once
 * @param webhook where the service reports removals to
 * @param hosts names under which the application may be called, beside its addresses and localhost
 */
@ConfigurationProperties("example")
public record ExampleProperties(
        @DefaultValue Limits limits,
        @DefaultValue Webhook webhook,
        @DefaultValue List<String> hosts) {

    /**
     * How much may go on at once.
     *
     * @param running deletions at a time; they share one quota of calls
     * @param kept deletions that have ended and can still be looked at
     * @param list the largest list that is taken in before it is worked off
     * @param results the most that results may take on the disk. When more come, those of deletions that have ended go,
     *     the oldest first; if that is not enough, the deletion ends. Beside it lie the lists of those that run
     * @param silence how long the server waits for the next byte of a list
     * @param bytesAMinute a list that comes more slowly than this while the server waits for it is given up
     * @param head how long the head of a request may take, from its first byte to its last
     * @param eventStreams streams of events at a time
     * @param connections connections at a time; more are closed at once
     * @param concurrentCalls calls under way at a time, and the most that a deletion makes ahead of its reader. After a
     *     pause at most this many are still made, and one for each of the 64 results that were already requested
     */
    public record Limits(
            @DefaultValue("4") int running,
            @DefaultValue("20") int kept,
            @DefaultValue("256MB") DataSize list,
            @DefaultValue("2GB") DataSize results,
            @DefaultValue("60s") Duration silence,
            @DefaultValue("256") int bytesAMinute,
            @DefaultValue("10s") Duration head,
            @DefaultValue("64") int eventStreams,
            @DefaultValue("1000") int connections,
            @DefaultValue("32") int concurrentCalls) {}

    /**
     * Where the service reports removals to.
     *
     * @param path the path of the URL that is set in the console
     * @param token the token that is set there
     */
    public record Webhook(
            @DefaultValue("/webhook") String path, @Nullable String token) {

        @Override
        public String toString() {
            return "Webhook[path=" + path + ", token=***]";
        }
    }
}
