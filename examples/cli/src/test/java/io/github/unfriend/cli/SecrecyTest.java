/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static io.github.unfriend.cli.Cli.against;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.cli.progress.Terminal;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown to whom, and what is not sent since it was not understood. */
@Timeout(120)
class SecrecyTest {

    private static final String KEY = "60c6c5925f3ae52c7325ac5a8ec78e44c056d1dd84d54e12ffa39911267a2a70";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--secret-key-file KEY",
                "--secret-key-file=KEY",
                "-kKEY",
                "-k KEY",
                "KEY",
                "--sdk-app-id=KEY",
                "--sdk-app-id KEY",
                "--lifetime KEY",
                "--lifetime=KEY",
                "--KEY",
                "--unknown=KEY",
                "--secret-key KEY",
                "--admin=KEYKEY --sdk-app-id=1"
            })
    void aKeyAmongTheArgumentsIsNotEchoed(String arguments) {
        String[] args = ("usersig " + arguments.replace("KEY", KEY)).split(" ");
        Cli.Result result = new Cli().variable(SecretKeyOptions.VARIABLE, null).run(args);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).isNotBlank().doesNotContain(KEY);
        assertThat(result.out()).doesNotContain(KEY);
    }

    @Test
    void anArgumentThatTheLocaleCannotExpressIsRefused() {
        try (Sandbox sandbox = Sandbox.start()) {
            for (String option : new String[] {"--from", "--admin"}) {
                Cli.Result result = new Cli()
                        .in("bob\n")
                        .variable("LC_ALL", "C")
                        .run(against(sandbox, "delete", "--from", "alice", "--input", "-", option, "J\uFFFDrg"));
                assertThat(result.code()).isEqualTo(2);
                assertThat(result.err()).contains("LC_ALL=C", "LC_ALL=C.UTF-8", "Nothing was sent.");
            }
            assertThat(sandbox.score().calls()).isZero();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void outputIsForItsOwnerOnlyAndAKeyForAllIsWarnedOf() throws IOException {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob");
            Path key = Files.writeString(folder.resolve("key"), SandboxOptions.SECRET_KEY);
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
            Path output = folder.resolve("out.ndjson");
            String[] command = against(
                    sandbox,
                    "delete",
                    "--pairs",
                    "-",
                    "--output",
                    output.toString(),
                    "--secret-key-file",
                    key.toString());
            Cli.Result result = new Cli().in("alice,bob\n").run(command);
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err()).contains("chmod 600");
            for (Path written : new Path[] {output, folder.resolve("out.ndjson.run")}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void overwriteFollowsNoLink() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link"), precious);
        try (Sandbox sandbox = Sandbox.start()) {
            Cli.Result result = new Cli()
                    .in("alice,bob\n")
                    .run(against(sandbox, "delete", "--pairs", "-", "--output", link.toString(), "--overwrite"));
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("no plain file");
            assertThat(precious).hasContent("precious");
        }
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(strings = {"usersig --sdk-app-id 1", "--help", "usersig --help", "delete --pairs - --dry-run"})
    void aFullDiskIsAnError(String command) throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            int code = Main.run(
                    new Env(
                            InputStream.nullInputStream(),
                            full,
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            Map.of(SecretKeyOptions.VARIABLE, "key")::get,
                            Terminal.none(),
                            new Interruption(halted -> {})),
                    command.split(" "));
            assertThat(code).isEqualTo(4);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot be written");
        }
    }
}
