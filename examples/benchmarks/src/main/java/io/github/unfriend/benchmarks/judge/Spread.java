/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Least and most of several runs, as a table shows them. */
public final class Spread {

    private Spread() {}

    /**
     * Writes {@code least..most}, or one number if both are written alike.
     *
     * @param runs the runs
     * @param format of one number, as of {@link String#format}
     * @param value of one run
     * @param <T> the type of a run
     * @return such as {@code 198.1..198.9}
     */
    public static <T> String of(List<T> runs, String format, ToDoubleFunction<T> value) {
        String least = number(format, runs.stream().mapToDouble(value).min().orElse(0));
        String most = number(format, runs.stream().mapToDouble(value).max().orElse(0));
        return least.equals(most) ? least : least + ".." + most;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
