/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.cli;

import badhouse.reactor.internal.a.First;

/** A command that reaches into the adapter. */
public class BadCommand {
    public Object inside() {
        return new First().second();
    }
}
