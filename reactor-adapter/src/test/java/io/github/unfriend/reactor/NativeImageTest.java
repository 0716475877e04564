/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What native images are told: each resource of the module that is not under META-INF is named, and what is looked up by
 * reflection is there.
 */
class NativeImageTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final JsonNode METADATA = new JsonMapper()
            .readTree(CLASSES.resolve(
                            "META-INF/native-image/io.github.unfriend/unfriend-reactor/reachability-metadata.json")
                    .toFile());

    @Test
    void everyResourceIsNamed() throws IOException {
        List<PathMatcher> named = METADATA.get("resources")
                .valueStream()
                .map(each -> FileSystems.getDefault()
                        .getPathMatcher("glob:" + each.get("glob").stringValue()))
                .toList();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<Path> resources = files.filter(Files::isRegularFile)
                    .map(CLASSES::relativize)
                    .filter(file ->
                            !file.startsWith("META-INF") && !file.toString().endsWith(".class"))
                    .toList();
            assertThat(resources)
                    .hasSize(2)
                    .allMatch(file -> named.stream().anyMatch(matcher -> matcher.matches(file)));
        }
    }

    @Test
    void whatIsLookedUpIsThere() throws ReflectiveOperationException {
        for (JsonNode type : METADATA.get("reflection")) {
            Class<?> found = Class.forName(type.get("type").stringValue());
            for (JsonNode method : type.get("methods")) {
                assertThat(found.getMethods())
                        .extracting(java.lang.reflect.Method::getName)
                        .contains(method.get("name").stringValue());
            }
        }
    }
}
