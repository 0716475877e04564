/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static io.github.unfriend.cli.Cli.against;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run is only resumed by one that is about the same. */
@Timeout(120)
class RunFactsTest {

    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    private Path folder = Path.of("");

    private Path output;

    @BeforeEach
    void firstRun() {
        output = folder.resolve("out.ndjson");
        sandbox.friends().befriend("alice", "bob");
        assertThat(delete().code()).isZero();
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private Cli.Result delete(String... more) {
        List<String> command = new ArrayList<>(List.of("delete", "--pairs", "-", "--output", output.toString()));
        command.addAll(List.of(more));
        return new Cli().in("alice,bob\n").run(against(sandbox, command.toArray(String[]::new)));
    }

    private void isRefused(String then, String now, String... more) {
        Cli.Result result = delete(more);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(then, now, "Nothing was sent.");
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void aDryRunComparesThem() {
        isRefused("type single", "type both", "--resume", "--dry-run", "--type", "both");
    }

    @Test
    void anotherSpellingOfTheEndpointIsTheSame() {
        String upper = sandbox.uri().toString().replace("http", "HTTP") + "/";
        Cli.Result result = new Cli()
                .in("alice,bob\n")
                .run(
                        "delete",
                        "--pairs",
                        "-",
                        "--output",
                        output.toString(),
                        "--resume",
                        "--sdk-app-id",
                        Long.toString(SandboxOptions.SDK_APP_ID),
                        "--endpoint",
                        upper);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("1 accounts are done already");
    }

    @Test
    void theSameRunIsResumed() {
        Cli.Result result = delete("--resume");
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("1 accounts are done already");
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void anotherTypeIsRefused() {
        isRefused("type single", "type both", "--resume", "--type", "both");
    }

    @Test
    void anotherAdministratorIsRefused() {
        isRefused("admin administrator", "admin other", "--resume", "--admin", "other");
    }

    @Test
    void anotherAppOrEndpointIsRefused() throws IOException {
        Path facts = folder.resolve("out.ndjson.run");
        String text = Files.readString(facts);
        Files.writeString(facts, text.replaceAll("sdk-app-id=\\d+", "sdk-app-id=1"));
        isRefused("sdk-app-id 1", "sdk-app-id 14", "--resume");
        Files.writeString(facts, text.replaceAll("endpoint=.*", "endpoint=singapore"));
        isRefused("endpoint singapore", "http://", "--resume");
        Files.writeString(facts, text.replaceAll("api=.*", "api=friend_delete_all"));
        isRefused("friend_delete_all", "friend_delete", "--resume");
    }

    @Test
    void whereNothingIsKnownThatIsSaidAndFromThenOnItIs() throws IOException {
        Files.delete(folder.resolve("out.ndjson.run"));
        assertThat(delete("--resume").err()).contains("There is no", "out.ndjson.run");
        isRefused("type single", "type both", "--resume", "--type", "both");
    }

    @Test
    void anotherRunOverwritesThem() {
        assertThat(delete("--overwrite", "--type", "both").code()).isZero();
        assertThat(delete("--resume", "--type", "both").code()).isZero();
    }
}
