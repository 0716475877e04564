/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.micro;

import io.github.unfriend.DeleteType;
import io.github.unfriend.internal.wire.AnswerReader;
import io.github.unfriend.internal.wire.FriendDeleteAnswer;
import io.github.unfriend.internal.wire.RequestWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writing the largest request and reading its answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {

    private static final int ACCOUNTS = 1_000;

    private final List<String> friends =
            IntStream.range(0, ACCOUNTS).mapToObj(i -> "friend-" + i).toList();

    private final byte[] answer = friends.stream()
            .map(friend -> "{\"To_Account\":\"" + friend + "\",\"ResultCode\":0,\"ResultInfo\":\"\"}")
            .collect(Collectors.joining(
                    ",",
                    "{\"ResultItem\":[",
                    "],\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\",\"ErrorDisplay\":\"\"}"))
            .getBytes(StandardCharsets.UTF_8);

    /** For JMH. */
    public CodecBenchmark() {}

    /**
     * Reads an answer about 1,000 accounts.
     *
     * @return what was read
     */
    @Benchmark
    public FriendDeleteAnswer readAnswer() {
        return AnswerReader.friendDelete(answer);
    }

    /**
     * Writes a request that names 1,000 accounts.
     *
     * @return the body
     */
    @Benchmark
    public byte[] writeRequest() {
        return RequestWriter.friendDelete("owner", DeleteType.BOTH, friends);
    }
}
