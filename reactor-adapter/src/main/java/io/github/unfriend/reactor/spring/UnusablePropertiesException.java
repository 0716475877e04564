/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import java.util.List;

/** The {@code unfriend.*} properties do not make a gateway. Says everything that is wrong at once, and no secret. */
final class UnusablePropertiesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One line for each property. */
    private final transient List<String> problems;

    UnusablePropertiesException(List<String> problems) {
        super("The unfriend.* properties do not make a FriendGateway: " + String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
