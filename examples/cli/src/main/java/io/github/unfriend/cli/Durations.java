/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as 500ms, 5s, 10m, 2h, 7d; a bare number is seconds. */
final class Durations implements ITypeConverter<Duration> {

    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,9})(ms|s|m|h|d)?");

    @Override
    public Duration convert(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no duration such as 500ms, 5s, 10m, 2h or 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** From one duration to another. */
    record Range(Duration least, Duration most) {}

    /** Reads ranges such as 20-30ms or 1s-2s; one duration alone is both ends. */
    static final class Ranges implements ITypeConverter<Range> {
        @Override
        public Range convert(String text) {
            String[] parts = text.strip().split("-", 2);
            Durations durations = new Durations();
            Duration most = durations.convert(parts[parts.length - 1]);
            String least = parts[0];
            if (Character.isDigit(least.isEmpty() ? ' ' : least.charAt(least.length() - 1))) {
                least += parts[parts.length - 1].replaceAll("[\\d\\s-]", "");
            }
            return new Range(durations.convert(least), most);
        }
    }
}
