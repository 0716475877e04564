/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.github.unfriend.sandbox.SandboxOptions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads everything that the suite logs, at every level, and reports keys, UserSigs and URLs with them. */
public final class SecretWatch extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** How many lines were read, so that a test can tell that somebody is watching. */
    static final AtomicLong READ = new AtomicLong();

    /** A UserSig is a zlib stream in the vendor's Base64: it begins with eJ and is over a hundred characters long. */
    private static final Pattern SECRET =
            Pattern.compile("usersig=[^*\\s]|eJ[A-Za-z0-9*_-]{100,}|" + Pattern.quote(SandboxOptions.SECRET_KEY));

    static @Nullable String secretIn(String text) {
        boolean mayBe = text.contains("usersig=") || text.contains("eJ") || text.contains(SandboxOptions.SECRET_KEY);
        return mayBe && SECRET.matcher(text).find() ? text : null;
    }

    @Override
    protected void append(ILoggingEvent event) {
        READ.incrementAndGet();
        String text = event.getFormattedMessage();
        if (event.getThrowableProxy() != null) {
            text += ThrowableProxyUtil.asString(event.getThrowableProxy());
        }
        if (secretIn(text) != null) {
            Guards.FOUND.add("secret logged by " + event.getLoggerName() + ": " + text);
        }
    }
}
