/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the answers tell about the way to the service. A round trip is the way there, the work of the service and the way
 * back; only the first matters, and nobody can measure it alone. Three figures are drawn from the round trips instead:
 *
 * <ul>
 *   <li>the {@linkplain #shortest() shortest} of late: by how much another one exceeds it bounds how much longer that
 *       request may have travelled;
 *   <li>the {@linkplain #doubt() doubt} in it: the shortest seen is not the shortest possible, and the fewer came near it
 *       the less it proves;
 *   <li>how much of an excess is {@linkplain #credible credible}: what is out of the ordinary, and of the rest as much as
 *       the promised rate can pay for.
 * </ul>
 *
 * <p>Not thread-safe; owned by the settling thread.
 */
final class RoundTrips {

    /** Five seconds at full rate. */
    private static final int SAMPLES = 1024;

    private static final int SAMPLES_A_JUDGEMENT = 64;
    /** Without any answer for this long, and half as long again as it usually takes, all stands still on the way. */
    private static final long LONG_SILENCE = WINDOW / 2;
    /** After this long it is gone rather than still; and so many regular distances are no silence at low rates. */
    private static final long LONGEST_SILENCE = 10 * WINDOW;

    private static final int DISTANCES = 8;
    /** The shortest is that of the current and the last span, so that an old one is forgotten. */
    private static final long SPAN = 10 * WINDOW;

    private final long guard;
    private final long atOnce;
    private final long silence;
    private final long[] lengths = new long[SAMPLES];
    private final long[] lags = new long[SAMPLES];
    private final long[] answeredAt = new long[SAMPLES];
    private final Bunches bunches;
    private long total;
    private long lastAnswer;
    private long silentSince;
    private long silentUntil;
    private long shortest = Long.MAX_VALUE;
    private long shortestBefore = Long.MAX_VALUE;
    private long spanEnd;
    private long totalAtStart;
    private long nextJudgement = SAMPLES_A_JUDGEMENT;
    private long doubt;
    private @Nullable Usual usual;

    RoundTrips(SlidingPacerConfig config, long now) {
        guard = config.guardNanos();
        atOnce = config.leastDistance(config.callsPerSecond());
        silence = Math.max(LONG_SILENCE, DISTANCES * config.distance(config.callsPerSecond()));
        silentUntil = now - LONGEST_SILENCE;
        silentSince = silentUntil;
        doubt = guard;
        bunches = new Bunches(config.callsPerSecond(), now);
        spanEnd = now + SPAN;
    }

    /**
     * A call was answered.
     *
     * @param roundTrip since its grant
     * @param lag from its grant to its write
     */
    void answered(long roundTrip, long lag, long now) {
        if (isSilent(now)) {
            silentSince = lastAnswer;
            silentUntil = now;
        }
        lastAnswer = now;
        shortest = Math.min(shortest, roundTrip);
        bunches.answered(now - roundTrip + lag, now);
        int index = (int) (total++ % SAMPLES);
        lengths[index] = roundTrip;
        lags[index] = lag;
        answeredAt[index] = now;
    }

    /** The shortest of the last ten to twenty seconds. */
    long shortest() {
        return Math.min(shortest, shortestBefore);
    }

    /** By how much the shortest possible round trip may still lie below the shortest seen. */
    long doubt() {
        return doubt;
    }

    /**
     * The most of an excess to believe of an answered call. Round trips vary because requests are held up on the way,
     * which matters, and because the service works longer on some calls, which does not. For some it can be told:
     *
     * <ul>
     *   <li>By how much a call took longer than is {@linkplain Usual#unusual usual} for any, it was held up.
     *   <li>So it was when its answer came in a {@linkplain Bunches bunch}, for as long as there was silence before; but
     *       not when many calls take as long as this one anyway. A bunch may yet become of the latest answers.
     * </ul>
     *
     * <p>Of the rest as much is believed as the promised rate {@linkplain Usual#level can pay for}: everything while long
     * round trips are the exception, less when they are the rule; the more again, the more this process is overloaded
     * itself: the rate is lost already, the limit is not.
     */
    long credible(long excess, long answered, long now) {
        if (usual == null || certainAt(answered) - now > 0) {
            return Long.MAX_VALUE;
        }
        long heldUp = usual.isCommon(excess) ? 0 : Math.max(0, bunches.heldUp(answered));
        return Math.max(guard, usual.level()) + Math.max(usual.unusual(excess), heldUp);
    }

    /**
     * Until when a call without an answer may have been held up: as long as no call at all was answered, if that was long.
     *
     * @return the end of that silence, or {@code now} as long as it lasts; the time of writing if there was none
     */
    long heldUpUntil(long written, long now) {
        boolean silent = isSilent(now);
        long since = silent ? lastAnswer : silentSince;
        long until = silent ? now : silentUntil;
        return written - until < 0 && written - since > -WINDOW ? until : written;
    }

    private boolean isSilent(long now) {
        long since = now - lastAnswer;
        if (total == 0 || since < silence || since >= LONGEST_SILENCE) {
            return false;
        }
        long usualRoundTrip = shortest() + (usual == null ? 0 : usual.longest());
        return since - usualRoundTrip >= usualRoundTrip / 2;
    }

    /** From when on no more than is {@link #credible} of an answer is believed. */
    static long certainAt(long answered) {
        return Bunches.certainAt(answered);
    }

    /** Forgets what is usual, but not the shortest: until enough new answers have come, everything is believed. */
    void startOver() {
        totalAtStart = total;
        nextJudgement = total + SAMPLES_A_JUDGEMENT;
        usual = null;
    }

    /** Looks at what came since it last looked. */
    void judge(long now) {
        long count = total;
        if (now - spanEnd >= 0) {
            shortestBefore = shortest;
            shortest = Long.MAX_VALUE;
            spanEnd = now + SPAN;
        }
        if (count - nextJudgement >= 0) {
            long[] excesses = excesses(count);
            boolean enough = excesses.length >= SAMPLES_A_JUDGEMENT; // otherwise there was hardly anything but bunches
            if (enough) {
                usual = new Usual(excesses, guard, meanLag(count));
                doubt = usual.doubt();
            }
            nextJudgement = count + (enough ? SAMPLES_A_JUDGEMENT : SAMPLES_A_JUDGEMENT / 8);
        }
    }

    /**
     * Of the last round trips. Those of a bunch tell what has happened once, and not what is usual; nor do many that end
     * at once tell more than one of them.
     */
    private long[] excesses(long count) {
        long[] excesses = new long[samples(count)];
        long least = shortest();
        long later = answeredAt[(int) ((count - 1) % SAMPLES)] + atOnce;
        int found = 0;
        for (int i = 0; i < excesses.length; i++) {
            int index = (int) ((count - 1 - i) % SAMPLES);
            if (later - answeredAt[index] >= atOnce && bunches.heldUp(answeredAt[index]) == Bunches.NONE) {
                later = answeredAt[index];
                excesses[found++] = Math.max(0, lengths[index] - least);
            }
        }
        return found == excesses.length ? excesses : Arrays.copyOf(excesses, found);
    }

    private long meanLag(long count) {
        int samples = samples(count);
        long sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += lags[(int) ((count - 1 - i) % SAMPLES)];
        }
        return sum / samples;
    }

    private int samples(long count) {
        return (int) Math.min(count - totalAtStart, SAMPLES);
    }

    /** Answers of the last window, whatever they said. */
    int inLastWindow(long now) {
        return bunches.answersWithin(WINDOW, now);
    }
}
