/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.reactor.internal.b;

import badhouse.reactor.internal.a.First;

/** The other half of a cycle. */
public class Second {
    public First first() {
        return new First();
    }
}
