/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Checks UserSigs as the vendor does, and remembers those it has checked: clients use one for hours. */
final class SignatureCheck {

    private static final int MOST_REMEMBERED = 256;
    private static final long MINUTE = 60_000;

    private final Clock clock;
    private final long sdkAppId;
    private final String administrator;
    private final String secretKey;
    private final int failuresBeforeLock;
    private final ConcurrentHashMap<String, Checked> remembered = new ConcurrentHashMap<>();
    private final AtomicLong issuedBefore = new AtomicLong(Long.MIN_VALUE);
    private final AtomicReference<Failures> failures = new AtomicReference<>(new Failures(0, 0, Long.MIN_VALUE));

    SignatureCheck(SandboxOptions options) {
        this.clock = Clock.offset(options.clock(), options.clockSkew());
        this.sdkAppId = options.sdkAppId();
        this.administrator = options.administrator();
        this.secretKey = options.secretKey();
        this.failuresBeforeLock = options.failedChecksBeforeLock();
        // Loads the security provider on the caller's thread, not on an event loop.
        UserSig.sign(secretKey, administrator, sdkAppId, 0, 0, null);
    }

    /** The code for this identifier with this UserSig, 0 when both are good. */
    int check(String identifier, String signature) {
        long now = clock.millis();
        if (Objects.requireNonNull(failures.get()).lockedUntil > now) {
            return Codes.TOO_MANY_FAILED_CHECKS;
        }
        int code = verify(identifier, signature, Math.floorDiv(now, 1000L));
        if (code != Codes.OK && code != Codes.NO_ADMINISTRATOR && failuresBeforeLock > 0) {
            failures.updateAndGet(old -> old.oneMore(now, failuresBeforeLock));
        }
        return code;
    }

    private int verify(String identifier, String signature, long now) {
        if (signature.isEmpty()) {
            return Codes.SIGNATURE_EMPTY;
        }
        Checked checked = remembered.get(signature);
        if (checked == null) {
            UserSig userSig = UserSig.decode(signature);
            checked = new Checked(userSig, userSig != null && userSig.madeWith(secretKey));
            if (remembered.size() >= MOST_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(signature, checked);
        }
        UserSig userSig = checked.userSig;
        if (userSig == null) {
            return Codes.SIGNATURE_UNREADABLE;
        }
        if (!userSig.identifier().equals(identifier)) {
            return Codes.OTHER_IDENTIFIER;
        }
        if (userSig.sdkAppId() != sdkAppId) {
            return Codes.OTHER_APP;
        }
        if (!checked.genuine) {
            return Codes.SIGNATURE_WRONG;
        }
        if (userSig.expiredAt(now) || userSig.time() < issuedBefore.get()) {
            return Codes.SIGNATURE_EXPIRED;
        }
        return Objects.equals(identifier, administrator) ? Codes.OK : Codes.NO_ADMINISTRATOR;
    }

    Instant now() {
        return clock.instant();
    }

    void kick(Instant before) {
        issuedBefore.set(before.getEpochSecond());
    }

    private record Checked(@Nullable UserSig userSig, boolean genuine) {}

    private record Failures(int count, long since, long lockedUntil) {
        Failures oneMore(long now, int most) {
            boolean sameMinute = count > 0 && now - since < MINUTE;
            int next = sameMinute ? count + 1 : 1;
            return next >= most
                    ? new Failures(0, 0, now + MINUTE)
                    : new Failures(next, sameMinute ? since : now, lockedUntil);
        }
    }
}
