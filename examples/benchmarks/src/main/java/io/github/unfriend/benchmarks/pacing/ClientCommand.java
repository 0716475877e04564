/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.process.Deadline;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One candidate at work, cold, in a process of its own; started by the runner and ended by its word on stdin. */
@Command(name = "client", hidden = true)
public final class ClientCommand implements Callable<Integer> {

    /** For the answers to calls that are under way at the end: without them, they would count as unanswered. */
    private static final Duration LAST_ANSWERS = Duration.ofMillis(600);

    @Option(names = "--candidate", required = true)
    private String candidate = "";

    @Option(names = "--scenario", required = true)
    private String scenario = "";

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--seconds", required = true)
    private int seconds;

    /** For the command line. */
    public ClientCommand() {}

    @Override
    public Integer call() throws Exception {
        Deadline.in(Duration.ofSeconds(seconds));
        Scenario setting = Scenario.of(scenario);
        AtomicLong failures = new AtomicLong();
        Load load = Load.of(URI.create("http://127.0.0.1:" + port), setting);
        CallLog log = new CallLog();
        Candidate.of(candidate).start(load, setting.apis(), log, failures::addAndGet);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // A word or the end of the stream: either way the run is over.
        if (in.readLine() != null) {
            System.out.println("FAILURES " + failures.get());
            System.out.flush();
            Thread.sleep(LAST_ANSWERS.toMillis());
            for (Api api : setting.apis()) {
                System.out.println("CALLS " + api.name() + " " + CallRecord.text(log.calls(api)));
            }
            System.out.flush();
        }
        Runtime.getRuntime().halt(0);
        return 0;
    }
}
