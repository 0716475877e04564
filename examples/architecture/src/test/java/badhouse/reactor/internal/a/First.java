/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.reactor.internal.a;

import badhouse.reactor.internal.b.Second;

/** One half of a cycle. */
public class First {
    public Second second() {
        return new Second();
    }
}
