/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Credentials;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.SandboxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import reactor.netty.http.client.HttpClient;

/**
 * The work every candidate has: more calls than the run can hold, each for another From_Account.
 *
 * @param endpoint the judge
 * @param accountsPerCall To_Accounts of each call
 * @param concurrency connections, and calls under way at once
 * @param connectDelay how long a connection takes to open
 * @param callTimeout how long to wait for an answer
 */
record Load(URI endpoint, int accountsPerCall, int concurrency, Duration connectDelay, Duration callTimeout) {

    static final int CALLS_PER_SECOND = 200;
    /** More than any run can hold. */
    static final int CALLS = 1_000_000;

    static Load of(URI endpoint, Scenario scenario) {
        return new Load(
                endpoint,
                scenario.accountsPerCall(),
                scenario.concurrency(),
                scenario.connectDelay(),
                scenario.callTimeout());
    }

    Credentials credentials() {
        return Credentials.of(SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, SandboxOptions.SECRET_KEY);
    }

    List<String> friends() {
        return IntStream.range(0, accountsPerCall)
                .mapToObj(i -> FriendLists.name("friend-", i))
                .toList();
    }

    static String owner(int number) {
        return FriendLists.name("owner-", number);
    }

    HttpClient customize(HttpClient client) {
        return SlowConnect.on(client, connectDelay);
    }
}
