/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.sandbox;

import badhouse.internal.BadInternal;

/** A judge that shares code with the judged. */
public class BadSandbox {
    public int number() {
        return BadInternal.number();
    }
}
