/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HostSelectorTest {

    private static final URI PRIMARY = URI.create("https://primary.example");
    private static final URI BACKUP = URI.create("https://backup.example");

    private final AtomicLong now = new AtomicLong(5);
    private final HostSelector hosts = new HostSelector(PRIMARY, BACKUP, now::get);

    @Test
    void switchesAfterRepeatedFaultsAndProbesThePrimaryFromTimeToTime() {
        hosts.missed(PRIMARY);
        hosts.missed(PRIMARY);
        assertThat(hosts.next()).isEqualTo(PRIMARY);
        hosts.missed(PRIMARY);
        assertThat(hosts.next()).isEqualTo(BACKUP);

        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(hosts.next()).as("one probe").isEqualTo(PRIMARY);
        assertThat(hosts.next()).as("no second one beside it").isEqualTo(BACKUP);
        hosts.missed(PRIMARY);
        assertThat(hosts.next()).isEqualTo(BACKUP);

        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(hosts.next()).isEqualTo(PRIMARY);
        hosts.reached(PRIMARY);
        assertThat(hosts.next()).isEqualTo(PRIMARY);
        assertThat(hosts.next()).isEqualTo(PRIMARY);
    }

    @Test
    void aFaultInBetweenIsForgottenWhenTheNextCallGetsThrough() {
        for (int i = 0; i < 10; i++) {
            hosts.missed(PRIMARY);
            hosts.missed(PRIMARY);
            hosts.reached(PRIMARY);
        }
        assertThat(hosts.next()).isEqualTo(PRIMARY);
    }

    @Test
    void faultsOfTheBackupChangeNothing() {
        for (int i = 0; i < 3; i++) {
            hosts.missed(PRIMARY);
        }
        hosts.missed(BACKUP);
        hosts.reached(BACKUP);
        assertThat(hosts.next()).isEqualTo(BACKUP);
    }

    @Test
    void withoutABackupThereIsOnlyThePrimary() {
        HostSelector alone = new HostSelector(PRIMARY, null, now::get);
        for (int i = 0; i < 10; i++) {
            alone.missed(PRIMARY);
        }
        assertThat(alone.next()).isEqualTo(PRIMARY);
    }
}
