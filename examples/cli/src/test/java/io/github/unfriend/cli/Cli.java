/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.progress.Terminal;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the command in this JVM, as {@code main} would, and keeps what it says. */
final class Cli {

    private final Map<String, String> variables = new HashMap<>();
    private InputStream in = InputStream.nullInputStream();
    private Terminal terminal = Terminal.none();
    private Interruption interruption = new Interruption(code -> {
        throw new AssertionError("halted with " + code);
    });

    Cli() {
        variables.put(SecretKeyOptions.VARIABLE, SandboxOptions.SECRET_KEY);
    }

    Cli in(String text) {
        return in(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    Cli in(InputStream stream) {
        in = stream;
        return this;
    }

    Cli variable(String name, @Nullable String value) {
        if (value == null) {
            variables.remove(name);
        } else {
            variables.put(name, value);
        }
        return this;
    }

    Cli terminal(Terminal value) {
        terminal = value;
        return this;
    }

    Cli interruption(Interruption value) {
        interruption = value;
        return this;
    }

    Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        int code = Main.run(new Env(in, out, errors, variables::get, terminal, interruption), args);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A command line that calls a sandbox. */
    static String[] against(Sandbox sandbox, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(
                "--sdk-app-id",
                Long.toString(SandboxOptions.SDK_APP_ID),
                "--endpoint",
                sandbox.uri().toString()));
        return all.toArray(new String[0]);
    }

    /** What a run came to. */
    record Result(int code, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }
}
