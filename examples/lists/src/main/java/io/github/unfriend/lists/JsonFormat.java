/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import io.github.unfriend.Friendship;

/** {@code {"from":"alice","to":"bob"}}, such as a line of results; other members are passed over. */
final class JsonFormat implements LineFormat {

    @Override
    public Friendship read(Line line, boolean isFirst) {
        ResultLine read = ResultLine.read(line);
        String from = read.from();
        String to = read.to();
        if (from == null || to == null) {
            throw line.bad("has no member \"" + (from == null ? "from" : "to") + "\"" + ResultLine.WANTED);
        }
        return new Friendship(from, to);
    }
}
