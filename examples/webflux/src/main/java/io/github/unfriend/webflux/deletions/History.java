/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.webflux.deletions.Progress.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of the plots since the begin, in bounded memory: when there are too many, every second one goes and later
 * ones are taken half as often. One thread writes, any may read.
 */
final class History {

    private final int most;
    private volatile List<Sample> samples = List.of();
    private int stride = 1;
    private int passedOver;

    History(int most) {
        this.most = most;
    }

    void add(Sample sample) {
        if (++passedOver < stride) {
            return;
        }
        passedOver = 0;
        List<Sample> now = new ArrayList<>(samples.size() + 1);
        now.addAll(samples);
        now.add(sample);
        if (now.size() > most) {
            List<Sample> half = new ArrayList<>(most);
            for (int i = 0; i < now.size(); i += 2) {
                half.add(now.get(i));
            }
            now = half;
            stride *= 2;
        }
        samples = now;
    }

    /** The points behind a time; -1 for all. */
    List<Sample> after(long t) {
        return samples.stream().filter(sample -> sample.t() > t).toList();
    }

    /** The last point at or before a time, to measure a rate from; the first one if all are later. */
    Sample at(long t, Sample ifNone) {
        List<Sample> now = samples;
        for (int i = now.size() - 1; i >= 0; i--) {
            if (now.get(i).t() <= t) {
                return now.get(i);
            }
        }
        return now.isEmpty() ? ifNone : now.get(0);
    }
}
