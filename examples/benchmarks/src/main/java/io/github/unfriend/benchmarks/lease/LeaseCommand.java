/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.lease;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.judge.Arrivals;
import io.github.unfriend.benchmarks.judge.Judge;
import io.github.unfriend.benchmarks.judge.JudgeOptions;
import io.github.unfriend.benchmarks.judge.JudgeReport;
import io.github.unfriend.benchmarks.judge.NetworkPath;
import io.github.unfriend.benchmarks.judge.Proxy;
import io.github.unfriend.benchmarks.judge.ServiceLatency;
import io.github.unfriend.benchmarks.process.ChildProcess;
import io.github.unfriend.benchmarks.process.Signals;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.embedded.RedisServer;

/** Processes that share one quota, as one judge counts them all. */
@Command(
        name = "lease",
        description = "Several processes share 200 calls a second over Redis, as the server counts them.",
        mixinStandardHelpOptions = true)
public final class LeaseCommand implements Callable<Integer> {

    private static final Duration FROM = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Option(names = "--processes", defaultValue = "4", description = "How many. Default: ${DEFAULT-VALUE}.")
    private int processes;

    @Option(names = "--seconds", defaultValue = "30", description = "Length of a run. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--runs", defaultValue = "1", description = "Runs of each. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--scenario",
            arity = "1..*",
            description = "What happens: ${COMPLETION-CANDIDATES}. Default: BUSY.")
    private List<LeaseScenario> scenarios = new ArrayList<>();

    @Option(
            names = "--only",
            arity = "1..*",
            description = "Only these candidates: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<LeaseCandidate> candidates = new ArrayList<>();

    @Option(names = "--verbose", description = "Shows what the processes print on stderr.")
    private boolean verbose;

    /** For the command line. */
    public LeaseCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<LeaseScenario> wanted = scenarios.isEmpty() ? List.of(LeaseScenario.BUSY) : scenarios;
        System.out.printf(
                "| run | %d processes, %d s | most in any second | from 5 s on, mean in a second | results of"
                        + " each | Redis commands a call | Redis CPU | refused | judge late |%n",
                processes, seconds);
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (int run = 1; run <= runs; run++) {
            for (LeaseScenario scenario : wanted) {
                for (LeaseCandidate candidate : candidates.isEmpty() ? List.of(LeaseCandidate.values()) : candidates) {
                    System.out.println("| " + run + " | " + candidate + ", " + scenario.words() + " | "
                            + new Run(scenario, candidate).play() + " |");
                }
            }
        }
        return 0;
    }

    private final class Run {
        private final LeaseScenario scenario;
        private final LeaseCandidate candidate;
        private final int redisPort = freePort();
        private RedisServer server = redis();

        Run(LeaseScenario scenario, LeaseCandidate candidate) throws IOException {
            this.scenario = scenario;
            this.candidate = candidate;
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private RedisServer redis() throws IOException {
            RedisServer started = RedisServer.newRedisServer()
                    .port(redisPort)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .build();
            started.start();
            return started;
        }

        String play() throws IOException, InterruptedException {
            RedisClient client = RedisClient.create("redis://127.0.0.1:" + redisPort);
            NetworkPath path = scenario == LeaseScenario.FAR ? NetworkPath.VARYING : NetworkPath.DIRECT;
            try (Proxy way = path.before(redisPort);
                    Judge judge = Judge.start(
                            new JudgeOptions(ServiceLatency.USUAL, NetworkPath.DIRECT, 0, seconds), verbose)) {
                String uri = "redis://127.0.0.1:" + way.port();
                String port = judge.port();
                List<ChildProcess> children = new ArrayList<>();
                try {
                    int first = scenario == LeaseScenario.JOINING ? processes - 2 : processes;
                    for (int i = 0; i < first; i++) {
                        children.add(start(uri, port, i, seconds));
                    }
                    judge.awaitFirst();
                    inTheMiddle(uri, port, children, client);
                    String figures = figures(judge.report(), children, client);
                    judge.stop();
                    return figures;
                } finally {
                    children.forEach(ChildProcess::close);
                }
            } finally {
                client.shutdown();
                server.stop();
            }
        }

        private ChildProcess start(String uri, String port, int number, int length) {
            List<String> command = new ArrayList<>(List.of(
                    "lease-client",
                    "--candidate",
                    candidate.name(),
                    "--redis",
                    uri,
                    "--port",
                    port,
                    "--number",
                    Integer.toString(number),
                    "--seconds",
                    Integer.toString(length + 5)));
            if (scenario == LeaseScenario.NOW_AND_THEN) {
                command.add("--now-and-then");
            }
            return ChildProcess.start(List.of(), List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"), command, verbose);
        }

        private void inTheMiddle(String uri, String port, List<ChildProcess> children, RedisClient client)
                throws IOException, InterruptedException {
            Thread.sleep(seconds * 1000L / 3);
            switch (scenario) {
                case BUSY, NOW_AND_THEN, FAR -> {}
                case KILLED -> {
                    try (Signals signals = children.get(0).signals()) {
                        signals.send("KILL");
                        Thread.sleep(100);
                    }
                }
                case JOINING -> {
                    children.add(start(uri, port, processes - 2, seconds * 2 / 3));
                    children.add(start(uri, port, processes - 1, seconds * 2 / 3));
                }
                case STOPPED -> client.connect().sync().clientPause(5_000);
                case FLUSHED -> client.connect().sync().flushall();
                case RESTARTED -> {
                    server.stop();
                    server = redis();
                }
            }
        }

        private String figures(JudgeReport report, List<ChildProcess> children, RedisClient client)
                throws InterruptedException {
            Arrivals arrivals = report.arrivals(Api.FRIEND_DELETE_ALL);
            RedisCommands<String, String> commands = client.connect().sync();
            String stats = commands.info("commandstats");
            long asked = number(stats, "cmdstat_evalsha:calls=") + number(stats, "cmdstat_eval:calls=");
            if (candidate == LeaseCandidate.BUCKET4J) { // reads the bucket, and writes it by a script
                asked += number(stats, "cmdstat_get:calls=");
            }
            double cpu = Double.parseDouble(word(commands.info("cpu"), "used_cpu_user:"))
                    + Double.parseDouble(word(commands.info("cpu"), "used_cpu_sys:"));
            List<String> shares = new ArrayList<>();
            for (int i = 0; i < children.size(); i++) {
                boolean killed = scenario == LeaseScenario.KILLED && i == 0;
                shares.add(killed ? "killed" : children.get(i).await("RESULTS", PATIENCE));
            }
            return String.format(
                    Locale.ROOT,
                    "%d | %.1f | %s | %.3f | %.2f s | %d | %.1f ms",
                    arrivals.mostInAnySecond(),
                    arrivals.meanInASecond(
                            FROM.toNanos(), Duration.ofSeconds(seconds).toNanos()),
                    String.join(", ", shares),
                    (double) asked / Math.max(1, arrivals.count()),
                    cpu,
                    report.refused(),
                    report.lateMicros() / 1e3);
        }

        private static long number(String info, String name) {
            return Long.parseLong(word(info, name));
        }

        /** What follows a word, up to a comma or the end of the line. */
        private static String word(String info, String name) {
            int at = info.indexOf(name);
            int from = at + name.length();
            int to = from;
            while (at >= 0 && to < info.length() && ",\r\n".indexOf(info.charAt(to)) < 0) {
                to++;
            }
            return at < 0 ? "0" : info.substring(from, to);
        }
    }
}
