/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    @TempDir
    private Path folder = Path.of("");

    private Cli.Result run(String commandLine) throws IOException {
        Path in = Files.writeString(folder.resolve("in.txt"), "alice,bob\n");
        Path old = Files.writeString(folder.resolve("old.ndjson"), "{\"from\":\"a\"\n");
        Files.write(folder.resolve("binary"), new byte[] {'a', 0, 'b'});
        String[] args = Pattern.compile(" ")
                .splitAsStream(commandLine)
                .filter(word -> !word.isEmpty())
                .map(word -> word.replace("IN", in.toString())
                        .replace("OLD", old.toString())
                        .replace("DIR", folder.toString()))
                .toArray(String[]::new);
        return new Cli().run(args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                         | Say what to do",
                "erase                                                    | Nothing is known about 'erase'",
                "delete                                                   | --from ID --input FILE; or --pairs FILE",
                "delete --from alice                                      | --from ID --input FILE; or --pairs FILE",
                "delete --from alice --pairs IN                           | either --from ID --input FILE, or --pairs",
                "delete --pairs DIR/none.csv                              | There is no file",
                "delete --pairs DIR                                       | is a directory",
                "delete --pairs                                           | --pairs",
                "delete --pairs --resume                                  | --pairs",
                "delete --pairs IN --type all                             | neither single nor both",
                "delete --pairs IN --rate 0                               | --rate must be 1 to",
                "delete --pairs IN --rate many                            | --rate",
                "delete --pairs IN --concurrency -1                       | --concurrency",
                "delete --pairs IN --max-attempts 0                       | --max-attempts must be",
                "delete --pairs IN --call-timeout 0s                      | --call-timeout",
                "delete --pairs IN --call-timeout soon                    | no duration",
                "delete --pairs IN --resume                               | --output FILE",
                "delete --pairs IN --resume --output -                    | --output FILE",
                "delete --pairs IN --resume --overwrite --output DIR/x    | not both",
                "delete --pairs IN --output OLD                           | exists already",
                "delete --pairs IN --output DIR/no/x                      | There is no directory",
                "delete --pairs IN --output DIR                           | is a directory",
                "delete --pairs IN --output IN --resume                   | the same file",
                "delete --pairs IN                                        | --sdk-app-id",
                "delete --pairs IN --sdk-app-id 1                         | --region NAME, or --endpoint URL",
                "delete --pairs IN --sdk-app-id 0 --region seoul          | SDKAppID must be above 0",
                "delete --pairs IN --sdk-app-id 1 --region atlantis       | no such region",
                "delete --pairs IN --sdk-app-id 1 --region seoul --endpoint https://x | not both",
                "delete --pairs IN --sdk-app-id 1 --endpoint ftp://x      | https://host",
                "delete --pairs IN --sdk-app-id 1 --endpoint http://example.com | Plain http",
                "delete --pairs IN --sdk-app-id 1 --endpoint ^            | no URL",
                "delete --pairs IN --sdk-app-id 1 --region seoul --secret-key-file DIR/none | no file",
                "delete --pairs IN --sdk-app-id 1 --region seoul --secret-key-file DIR | is a directory",
                "delete --pairs IN --sdk-app-id 1 --region seoul --resume --output OLD | Line 1 of",
                "delete --pairs DIR/binary --sdk-app-id 1 --region seoul  | binary",
                "delete --from DIR/a-name-of-more-than-32-bytes --input IN --dry-run | --from is no account",
                "delete-all                                               | --input FILE",
                "delete-all --pairs IN                                    | There is no option --pairs",
                "usersig                                                  | --sdk-app-id",
                "usersig --sdk-app-id 1 --lifetime 0s                     | one second",
                "sandbox --faults nonsense=1                              | unknown fault",
                "sandbox --limit -1                                       | must be",
                "sandbox --port 70000                                     | port",
                "sandbox --for 0s                                         | --for",
                "sandbox --owners -1                                      | --owners",
                "sandbox --tls-cert IN                                    | --tls-key",
                "demo --rate 201                                          | --rate",
                "demo --owners 0                                          | --owners",
            })
    void wrongUsageIsToldAndNothingIsSent(String commandLine, String message) throws IOException {
        Cli.Result result = run(commandLine == null ? "" : commandLine);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).containsIgnoringCase(message);
        assertThat(result.out()).isEmpty();
    }

    @Tag("promise-6")
    @Test
    void aKeyAmongTheArgumentsIsRefusedAndNotRepeated() throws IOException {
        for (String option : new String[] {"--secret-key ", "--secret-key=", "--key ", "--my-key=", "--my-key "}) {
            for (String command : new String[] {"delete --pairs IN", "delete-all --input IN", "usersig"}) {
                Cli.Result result = run(command + " --sdk-app-id 1 " + option + "abc123");
                assertThat(result.code()).isEqualTo(2);
                assertThat(result.err()).isNotEmpty().doesNotContain("abc123");
            }
        }
    }

    @Test
    void withoutAKeyItSaysWhereOneMayComeFrom() throws IOException {
        Path in = Files.writeString(folder.resolve("in.txt"), "alice,bob\n");
        Cli.Result result = new Cli()
                .variable(SecretKeyOptions.VARIABLE, null)
                .run("delete", "--pairs", in.toString(), "--sdk-app-id", "1", "--region", "seoul");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--secret-key-file", SecretKeyOptions.VARIABLE);
    }

    @Test
    void helpTellsOptionsAndExitCodes() throws IOException {
        for (String command : new String[] {"", "delete", "delete-all", "sandbox", "usersig", "demo"}) {
            Cli.Result result = run(command + " --help");
            assertThat(result.code()).isZero();
            assertThat(result.out()).startsWith("Usage: unfriend").doesNotContain("\u001b", "%n");
        }
        assertThat(run("delete --help").out()).contains("--resume", "130", "RFC 4180", "malformed line");
        assertThat(run("--version").out()).startsWith("unfriend ");
    }

    @Test
    void aUserSigComesFromTheFileOfTheKey() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), SandboxOptions.SECRET_KEY + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Cli.Result result = new Cli()
                .variable(SecretKeyOptions.VARIABLE, null)
                .run("usersig", "--sdk-app-id", "1400000000", "--secret-key-file", key.toString(), "--lifetime", "1h");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).matches("[A-Za-z0-9*_-]+\n");
        assertThat(result.err()).isEmpty();
    }
}
