/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal;

import reactor.netty.resources.ConnectionProvider;

/**
 * Says which libraries are too old, in words. Without it the first call of a method that is not there would fail somewhere
 * inside.
 */
public final class RequiredVersions {

    private RequiredVersions() {}

    /** Throws {@link TooOldException} if the Reactor Netty on the class path is too old. */
    static void check() {
        check(ConnectionProvider.ConnectionPoolSpec.class);
    }

    /** The youngest thing that the gateway uses is this method. */
    static void check(Class<?> poolSpec) {
        try {
            poolSpec.getMethod("maxLifeTimeVariance", double.class);
        } catch (NoSuchMethodException tooOld) {
            throw new TooOldException(poolSpec.getPackage().getImplementationVersion());
        }
    }

    /** A library on the class path is too old. */
    public static final class TooOldException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TooOldException(String found) {
            super("Unfriend needs Reactor Netty 1.3.4 or newer; found: " + found
                    + ". It comes with Reactor's BOM 2025.0.4 and with Spring Boot 4.0.4.");
        }
    }
}
