/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.internal;

/** Touched from outside. */
public final class BadInternal {
    private BadInternal() {}

    public static int number() {
        return 1;
    }
}
