/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import io.github.unfriend.InvalidRequestException;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an endpoint must look like: {@code https://host} or {@code https://host:port}, nothing behind it. */
public final class Endpoints {
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final int HIGHEST_PORT = 65535;

    private Endpoints() {}

    /**
     * Checks an endpoint. Looks nothing up: a name is loopback only if it is {@code localhost} or such an address.
     *
     * @param endpoint scheme, host and maybe port
     * @param allowPlainHttp true to let plain http through to any host: UserSig and accounts then travel unencrypted
     * @return the endpoint without a trailing slash, scheme and host in lower case
     * @throws InvalidRequestException if it is no usable endpoint; the message never shows user info, path or query
     */
    public static URI check(URI endpoint, boolean allowPlainHttp) {
        Objects.requireNonNull(endpoint, "endpoint");
        String scheme = lower(endpoint.getScheme());
        String host = lower(endpoint.getHost());
        if (host == null || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new InvalidRequestException("An endpoint looks like https://host or https://host:port. This one has "
                    + (host == null
                            ? "no host, or one with other characters than letters, digits, '-' and '.'."
                            : "another scheme."));
        }
        String path = endpoint.getRawPath();
        if (endpoint.getRawUserInfo() != null
                || endpoint.getRawQuery() != null
                || endpoint.getRawFragment() != null
                || !(path == null || path.isEmpty() || "/".equals(path))) {
            throw new InvalidRequestException(
                    "An endpoint is scheme, host and port alone, without user, path, query or fragment; host: " + host);
        }
        int port = endpoint.getPort();
        if (port == 0 || port > HIGHEST_PORT) {
            throw new InvalidRequestException("A port is from 1 to 65535, not " + port + "; host: " + host);
        }
        if ("http".equals(scheme) && !allowPlainHttp && !isLoopback(host)) {
            throw new InvalidRequestException("Plain http would send the UserSig unencrypted to " + host
                    + ". Use https, or allow plain http by name if you really mean it.");
        }
        return URI.create(scheme + "://" + host + (port < 0 ? "" : ":" + port));
    }

    /**
     * Whether a host is this machine, by its text alone.
     *
     * @param host a host as {@link URI#getHost} gives it
     * @return true for {@code localhost}, {@code 127.x.y.z} and {@code [::1]}
     */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.equals("[0:0:0:0:0:0:0:1]")
                || LOOPBACK_V4.matcher(name).matches();
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
