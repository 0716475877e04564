/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {

    @ParameterizedTest
    @CsvSource({
        "china, console.tim.qq.com, adminapi.my-imcloud.com",
        "singapore, adminapisgp.im.qcloud.com, adminapisgp.my-imcloud.com",
        "seoul, adminapikr.im.qcloud.com, adminapikr.my-imcloud.com",
        "tokyo, adminapijpn.im.qcloud.com, adminapijpn.my-imcloud.com",
        "frankfurt, adminapiger.im.qcloud.com, adminapiger.my-imcloud.com",
        "silicon-valley, adminapiusa.im.qcloud.com, adminapiusa.my-imcloud.com",
        "jakarta, adminapiidn.im.qcloud.com, adminapiidn.my-imcloud.com"
    })
    void knowsTheHostsOfTheDocuments(String name, String primary, String backup) {
        Region region = Region.byName(name);
        assertThat(region.name()).isEqualTo(name);
        assertThat(region.primary()).isEqualTo(URI.create("https://" + primary));
        assertThat(region.backup()).isEqualTo(URI.create("https://" + backup));
    }

    @Test
    void listsTheSevenRegions() {
        assertThat(Region.known())
                .containsExactly(
                        Region.CHINA,
                        Region.SINGAPORE,
                        Region.SEOUL,
                        Region.TOKYO,
                        Region.FRANKFURT,
                        Region.SILICON_VALLEY,
                        Region.JAKARTA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silicon-valley", "SILICON_VALLEY", "Silicon Valley", "siliconvalley"})
    void findsANameHoweverItIsWritten(String name) {
        assertThat(Region.byName(name)).isSameAs(Region.SILICON_VALLEY);
    }

    @Test
    void listsTheNamesForAnUnknownOne() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Region.byName("atlantis"))
                .withMessageContaining("china, singapore, seoul, tokyo, frankfurt, silicon-valley, jakarta");
    }

    @Test
    void takesARegionOfYourOwnWithAndWithoutBackup() {
        URI primary = URI.create("https://chat.example.com");
        Region alone = Region.of("own", primary, null);
        assertThat(alone.primary()).isEqualTo(primary);
        assertThat(alone.backup()).isNull();
        Region local = Region.of("test", URI.create("http://127.0.0.1:8080/"), URI.create("http://localhost:8081"));
        assertThat(local.primary()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(local.backup()).isEqualTo(URI.create("http://localhost:8081"));
        assertThat(alone).isEqualTo(Region.of("own", primary, null)).isNotEqualTo(local);
        assertThat(alone).hasSameHashCodeAs(Region.of("own", primary, null));
        assertThat(local.toString()).contains("test", "8080", "8081");
    }

    @Tag("promise-6")
    @Test
    void refusesPlainHttpAndNoName() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Region.of("own", URI.create("http://chat.example.com"), null));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Region.of(
                        "own", URI.create("https://chat.example.com"), URI.create("http://chat.example.com")));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Region.of(" ", URI.create("https://chat.example.com"), null));
    }
}
