/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deletion in short.
 *
 * @param id its name in URLs
 * @param type {@code single} or {@code both}
 * @param state where it stands
 * @param created when it was posted
 * @param total friendships in the list, duplicates included; null while not known
 * @param answered friendships with a result
 * @param gone those of them that are not friends any more, also if another caller deleted them
 */
record Summary(
        String id,
        String type,
        Progress.State state,
        Instant created,
        @Nullable Long total,
        long answered,
        long gone) {

    static Summary of(Progress progress) {
        return new Summary(
                progress.id(),
                progress.type(),
                progress.state(),
                progress.created(),
                progress.total(),
                progress.answered(),
                progress.outcomes().deleted() + progress.outcomes().notFriends());
    }
}
