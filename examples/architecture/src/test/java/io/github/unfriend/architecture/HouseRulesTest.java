/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

    private static final Path[] MODULES = Stream.of(
                    "core",
                    "reactor-adapter",
                    "examples/sandbox",
                    "examples/lists",
                    "examples/cli",
                    "examples/webflux",
                    "examples/benchmarks")
            .map(module -> Path.of("..", "..").resolve(module).resolve("target/classes"))
            .toArray(Path[]::new);

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPaths(MODULES);

    /** Built to break every rule. */
    private static final JavaClasses BAD_HOUSE = new ClassFileImporter().importPackages("badhouse");

    static Stream<String> rules() {
        return Arrays.stream(HouseRules.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == ArchRule.class && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theHouseKeeps(String rule) {
        rule("io.github.unfriend", rule).check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleBites(String rule) {
        ArchRule bad = rule("badhouse", rule);
        assertThatThrownBy(() -> bad.check(BAD_HOUSE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was violated");
    }

    @Test
    void allModulesAreLookedAt() {
        assertThat(rules()).hasSizeGreaterThan(9);
        for (String name : new String[] {
            "io.github.unfriend.Credentials",
            "io.github.unfriend.internal.Json",
            "io.github.unfriend.reactor.FriendGateway",
            "io.github.unfriend.reactor.internal.stream.DeletionFlux",
            "io.github.unfriend.sandbox.Sandbox",
            "io.github.unfriend.cli.Main",
            "io.github.unfriend.webflux.UnfriendApplication",
            "io.github.unfriend.benchmarks.Main"
        }) {
            assertThat(HOUSE.contain(name)).as(name).isTrue();
        }
    }

    private static ArchRule rule(String root, String name) {
        try {
            return (ArchRule) HouseRules.class.getDeclaredMethod(name).invoke(new HouseRules(root));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
