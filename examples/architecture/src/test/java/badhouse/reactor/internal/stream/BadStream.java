/* SPDX-License-Identifier: Apache-2.0 */
package badhouse.reactor.internal.stream;

/** What a call must not know; one half of a cycle between classes of one package. */
public class BadStream {

    /** Knows the other half. */
    public BadSubscriber subscriber() {
        return new BadSubscriber();
    }
}
