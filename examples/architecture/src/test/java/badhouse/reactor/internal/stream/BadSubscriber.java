/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.reactor.internal.stream;

/** The other half of a cycle between classes of one package. */
public class BadSubscriber {

    /** Knows the first half. */
    public BadStream stream() {
        return new BadStream();
    }
}
