/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.judge.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void showsLeastAndMostOfTheRunsAndHowManyKeptThePromise() {
        ResultTable table = new ResultTable(Scenario.DEFAULT);
        add(table, new Verdict(200, 198, 199, 0, 0, 1_000, 1), new Allowance(199, 1, 0));
        add(table, new Verdict(201, 199, 198, 0, 0, 1_000, 2), new Allowance(220, 0.9, 0));
        add(table, new Verdict(200, 197.9, 198.2, 3, 1, 1_000, 1), new Allowance(198.2, 1, 4));
        assertThat(table.toString().lines())
                .contains(
                        "| Unfriend | 200..201 | 197.9..199.0 | 198.0..199.0/s | 198.2..220.0/s (0..4 without an answer) | 90.0..100.0 % | 0..3 / 0..1 | 1 of 3 | 1.0 ms | 1.0..2.0 |");
    }

    @Test
    void aCandidateWhoseCallsAreNotRecordedHasDashes() {
        ResultTable table = new ResultTable(Scenario.DEFAULT);
        add(table, new Verdict(200, 198, 199, 0, 0, 1_000, 1), null);
        assertThat(table.toString().lines())
                .contains("| Unfriend | 200 | 198.0 | 199.0/s | – | – | 0 / 0 | 1 of 1 | 1.0 ms | 1.0 |");
    }

    @Test
    void eachApiIsJudgedByItself() {
        ResultTable table = new ResultTable(Scenario.BOTH_APIS);
        RunResult good = new RunResult(new Verdict(200, 198, 199, 0, 0, 1_000, 1), null);
        table.add(Candidate.OURS, Map.of(Api.FRIEND_DELETE, good, Api.FRIEND_DELETE_ALL, good));
        assertThat(table.toString().lines())
                .anyMatch(line -> line.startsWith("| Unfriend: friend_delete |"))
                .anyMatch(line -> line.startsWith("| Unfriend: friend_delete_all |"));
    }

    private static void add(ResultTable table, Verdict verdict, @Nullable Allowance allowance) {
        table.add(Candidate.OURS, Map.of(Api.FRIEND_DELETE, new RunResult(verdict, allowance)));
    }
}
