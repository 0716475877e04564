/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.Endpoints;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Given to the builder of a gateway: the data centre that the app was created in. It must be the right one: the
 * service refuses an app at the host of another centre (60026, 70016, 70020). Hosts as the vendor lists them in its
 * REST API overview; the backup hosts are published for the case that the name service of the first is disturbed.
 * Immutable.
 */
public final class Region {
    /** Mainland China. */
    public static final Region CHINA = vendor("china", "console.tim.qq.com", "adminapi.my-imcloud.com");
    /** Singapore. */
    public static final Region SINGAPORE = vendor("singapore", "adminapisgp");
    /** Seoul. */
    public static final Region SEOUL = vendor("seoul", "adminapikr");
    /** Tokyo. */
    public static final Region TOKYO = vendor("tokyo", "adminapijpn");
    /** Frankfurt. */
    public static final Region FRANKFURT = vendor("frankfurt", "adminapiger");
    /** Silicon Valley. */
    public static final Region SILICON_VALLEY = vendor("silicon-valley", "adminapiusa");
    /** Jakarta. */
    public static final Region JAKARTA = vendor("jakarta", "adminapiidn");

    private static final List<Region> KNOWN =
            List.of(CHINA, SINGAPORE, SEOUL, TOKYO, FRANKFURT, SILICON_VALLEY, JAKARTA);

    private final String name;
    private final URI primary;
    private final @Nullable URI backup;

    private Region(String name, URI primary, @Nullable URI backup) {
        this.name = name;
        this.primary = primary;
        this.backup = backup;
    }

    private static Region vendor(String name, String prefix) {
        return vendor(name, prefix + ".im.qcloud.com", prefix + ".my-imcloud.com");
    }

    private static Region vendor(String name, String primaryHost, String backupHost) {
        return new Region(name, URI.create("https://" + primaryHost), URI.create("https://" + backupHost));
    }

    /**
     * A region of your own, for a data centre this library does not know yet, a proxy or a test. Https, or plain http
     * to a loopback address.
     *
     * @param name how to call it in logs and metrics
     * @param primary scheme, host and maybe port
     * @param backup the same for the host to turn to when the first cannot be reached, or null for none
     * @return the region
     * @throws InvalidRequestException if the name is blank, or an endpoint is no {@code https://host} or
     *     {@code https://host:port}, nor plain http to a loopback address
     */
    public static Region of(String name, URI primary, @Nullable URI backup) {
        if (name.isBlank()) {
            throw new InvalidRequestException("A region needs a name.");
        }
        return new Region(
                name, Endpoints.check(primary, false), backup == null ? null : Endpoints.check(backup, false));
    }

    /**
     * Finds a region of the vendor by name; case, {@code -}, {@code _} and spaces do not matter.
     *
     * @param name for example {@code singapore} or {@code Silicon_Valley}
     * @return the region
     * @throws InvalidRequestException if there is none; the message lists all names
     */
    public static Region byName(String name) {
        String wanted = plain(name);
        return KNOWN.stream()
                .filter(region -> plain(region.name).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("There is no such region. Known are "
                        + KNOWN.stream().map(Region::name).collect(Collectors.joining(", "))
                        + "; give the endpoint itself for any other."));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /**
     * All regions the vendor lists.
     *
     * @return unmodifiable
     */
    public static List<Region> known() {
        return KNOWN;
    }

    /**
     * How the region is called.
     *
     * @return for example {@code silicon-valley}
     */
    public String name() {
        return name;
    }

    /**
     * Where calls go.
     *
     * @return scheme, host and maybe port
     */
    public URI primary() {
        return primary;
    }

    /**
     * Where calls go when the first host cannot be reached.
     *
     * @return null if there is none; every region of the vendor has one
     */
    public @Nullable URI backup() {
        return backup;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Region that
                && name.equals(that.name)
                && primary.equals(that.primary)
                && Objects.equals(backup, that.backup);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, primary, backup);
    }

    @Override
    public String toString() {
        return "Region[" + name + ", " + primary + (backup == null ? "" : ", backup " + backup) + "]";
    }
}
