/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What {@link ResultItem#outcome()} and {@link DeleteAllResult#outcome()} give: what a result code means for a
 * friendship.
 */
public enum Outcome {
    /** The friendship was removed. */
    DELETED,
    /** There was no such friendship: the wanted state holds. */
    NOT_FRIENDS,
    /** The friendship was not removed. */
    FAILED,
    /** A call was sent and no readable answer came: it may or may not have happened. */
    UNKNOWN;

    // The API page gives 31704 for a non-friend, the vendor's FAQ says 30001; there only the text tells the two apart
    // ("Err_SNS_FriendDelete_Not_Friend" and the like).
    private static final Pattern NOT_A_FRIEND = Pattern.compile(
            "not[_\\- ]?(?:an?[_\\- ])?friend|friend(?:ship)?[_\\- ]?(?:does[_\\- ])?not[_\\- ]?exist"
                    + "|no[_\\- ]friendship",
            Pattern.CASE_INSENSITIVE);

    /**
     * Reads the outcome from the code of an item or of a whole call.
     *
     * @param code the code of the service, or one of {@link LocalCode}
     * @param info the text that came with it; decides only for 30001
     * @return never null; an unknown code is {@link #FAILED}
     */
    public static Outcome of(int code, String info) {
        Objects.requireNonNull(info, "info");
        return switch (code) {
            case 0 -> DELETED;
            case ErrorCode.NO_FRIENDSHIP -> NOT_FRIENDS;
            case ErrorCode.ILLEGAL_PARAMETER -> NOT_A_FRIEND.matcher(info).find() ? NOT_FRIENDS : FAILED;
            case LocalCode.NO_ANSWER, LocalCode.LEFT_OUT -> UNKNOWN;
            default -> FAILED;
        };
    }

    /**
     * Whether the friendship surely does not exist any more.
     *
     * @return true for {@link #DELETED} and {@link #NOT_FRIENDS}
     */
    public boolean isGone() {
        return this == DELETED || this == NOT_FRIENDS;
    }
}
