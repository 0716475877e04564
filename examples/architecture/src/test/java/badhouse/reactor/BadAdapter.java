/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.reactor;

import badhouse.internal.BadInternal;
import badhouse.sandbox.BadSandbox;

/** An adapter that knows the sandbox and the inside of core. */
public class BadAdapter {
    public final BadSandbox sandbox = new BadSandbox();

    public int number() {
        return BadInternal.number();
    }
}
