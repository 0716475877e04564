/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.Readme;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The application and the webhook that README.md of this module shows, built as they stand there. */
abstract class ReadmeApplication {

    static final String NAME = "com.example.UnfriendingApplication";

    @TempDir
    Path folder;

    URLClassLoader classes;
    private ClassLoader usual;

    @BeforeEach
    void build() throws IOException {
        List<String> sources = Readme.blocks("java", "package com.example;");
        assertThat(sources).hasSize(2).anyMatch(source -> source.contains("class UnfriendingApplication"));
        List<String> files = new ArrayList<>();
        for (String source : sources) {
            Matcher name = Pattern.compile("public class (\\w+)").matcher(source);
            assertThat(name.find()).isTrue();
            files.add(Files.writeString(folder.resolve(name.group(1) + ".java"), source)
                    .toString());
        }
        compile(files);
        usual = Thread.currentThread().getContextClassLoader();
        classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, usual);
        Thread.currentThread().setContextClassLoader(classes);
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(usual);
        classes.close();
    }

    /** Into the folder, whose classes they may use. */
    final void compile(List<String> files) {
        List<String> options = new ArrayList<>(
                List.of("-Xlint:-processing", "-proc:none", "-cp", classPath(), "-d", folder.toString()));
        options.addAll(files);
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
        assertThat(result).as("result of the compiler").isZero();
    }

    /** The folder, and what the tests have. */
    final String classPath() {
        return folder
                + File.pathSeparator
                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Exactly the properties of README.md. */
    static Properties shownProperties() throws IOException {
        List<String> blocks = Readme.blocks("properties", "unfriend.");
        assertThat(blocks).hasSize(1);
        Properties shown = new Properties();
        shown.load(new StringReader(blocks.get(0)));
        assertThat(shown).hasSize(4);
        return shown;
    }
}
