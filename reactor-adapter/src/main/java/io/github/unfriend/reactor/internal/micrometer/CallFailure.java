/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.ErrorCode;

/**
 * What an observation shows of a call that failed: the meaning of the code from the vendor's tables. Not the error
 * itself, for the texts of the service may name accounts, and causes may name addresses.
 */
final class CallFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallFailure(ErrorCode code) {
        super(code.number() + ": " + code.meaning(), null, false, false);
    }
}
