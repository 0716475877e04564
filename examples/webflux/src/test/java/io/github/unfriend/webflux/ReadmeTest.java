/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The properties of this application in README.md. */
class ReadmeTest {

    private static final String TOKEN = "example.webhook.token";
    private static final String HOSTS = "example.hosts";

    /** From the table: names in back-quotes and their defaults, several in a row with one prefix. */
    private static Map<String, String> defaults() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("| `example.")) {
                String[] cells = line.split("\\|", -1);
                List<String> names = Pattern.compile("`([^`]+)`")
                        .matcher(cells[1])
                        .results()
                        .map(name -> name.group(1))
                        .toList();
                String prefix = names.get(0).substring(0, names.get(0).lastIndexOf('.'));
                List<String> values = Pattern.compile(", ")
                        .splitAsStream(cells[2].strip().replace("`", ""))
                        .toList();
                for (int i = 0; i < names.size(); i++) {
                    String name = names.get(i);
                    defaults.put(name.startsWith(".") ? prefix + name : name, values.get(i));
                }
            }
        }
        return defaults;
    }

    @Test
    void namesEveryProperty() throws IOException {
        List<String> components = new ArrayList<>();
        for (Class<?> group : List.of(ExampleProperties.Limits.class, ExampleProperties.Webhook.class)) {
            for (RecordComponent component : group.getRecordComponents()) {
                String name = Pattern.compile("[A-Z]")
                        .matcher(component.getName())
                        .replaceAll(upper -> "-" + upper.group().toLowerCase(Locale.ROOT));
                components.add("example." + group.getSimpleName().toLowerCase(Locale.ROOT) + "." + name);
            }
        }
        components.add(HOSTS);
        assertThat(defaults().keySet()).containsExactlyInAnyOrderElementsOf(components);
    }

    @Test
    void namesTheirDefaults() throws IOException {
        Map<String, String> documented = defaults();
        assertThat(documented.remove(TOKEN)).startsWith("none");
        assertThat(documented.remove(HOSTS)).isEqualTo("none");
        assertThat(bind(documented)).isEqualTo(bind(Map.of()));
    }

    private static ExampleProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("example", ExampleProperties.class);
    }
}
