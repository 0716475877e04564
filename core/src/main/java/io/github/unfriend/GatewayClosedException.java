/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/** The gateway was disposed of before this request could be done. */
public final class GatewayClosedException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public GatewayClosedException() {
        super("The gateway is closed. Build a new one, and dispose of it only when all work is done.", null, false);
    }
}
