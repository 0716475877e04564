/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Credentials;
import io.github.unfriend.cli.input.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who calls. The key comes from a file or the environment: an argument could be read by everyone on the machine. */
final class SecretKeyOptions {

    static final String VARIABLE = "UNFRIEND_SECRET_KEY";

    private static final int LONGEST = 4096;

    @Option(names = "--sdk-app-id", paramLabel = "N", description = "SDKAppID of the app.")
    private @Nullable Long sdkAppId;

    @Option(
            names = "--admin",
            paramLabel = "ID",
            defaultValue = "administrator",
            description = "UserID of an administrator of the app (default: ${DEFAULT-VALUE}).")
    private String admin = "administrator";

    @Option(
            names = "--secret-key-file",
            paramLabel = "FILE",
            description = "File with the app's secret key, and nothing else; or set " + VARIABLE + ".")
    private @Nullable String file;

    @Option(
            names = {"--secret-key", "--key"},
            hidden = true,
            arity = "0..1",
            paramLabel = "KEY")
    private @Nullable String refused;

    /** The credentials, all three required. */
    Credentials credentials(Env env) {
        if (sdkAppId == null) {
            throw new BadInputException("Say which app: --sdk-app-id N.");
        }
        String key = secretKey(env);
        if (key == null) {
            throw new BadInputException(
                    "The secret key is missing: say --secret-key-file FILE, or set " + VARIABLE + ".");
        }
        return Credentials.of(sdkAppId, admin, key);
    }

    @Nullable
    Long sdkAppId() {
        return sdkAppId;
    }

    String admin() {
        return admin;
    }

    /** The key, or null if none was given. */
    @Nullable
    String secretKey(Env env) {
        refuseArgument();
        if (file == null) {
            String key = env.variables().apply(VARIABLE);
            return key == null || key.isEmpty() ? null : key;
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new BadInputException(
                        "--secret-key-file is a directory; the file with the secret key is wanted.");
            }
            if (!Files.exists(path)) {
                throw new BadInputException("There is no file where --secret-key-file says."); // it may be the key
            }
            warnIfOthersCanReadIt(path, env);
            try (var in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(LONGEST + 1);
                if (bytes.length > LONGEST) {
                    throw new BadInputException(
                            "--secret-key-file is too long for a secret key; is it the right file?");
                }
                return new String(bytes, StandardCharsets.UTF_8).strip();
            }
        } catch (IOException | InvalidPathException e) {
            throw new BadInputException("Cannot read the secret key from --secret-key-file; see its permissions.", e);
        }
    }

    private static void warnIfOthersCanReadIt(Path path, Env env) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null
                && !Collections.disjoint(
                        view.readAttributes().permissions(),
                        Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ))) {
            env.err().println("Others on this machine can read the secret key file: chmod 600 it.");
        }
    }

    /** A key as an argument is also refused by commands that need no key, so that nobody gets used to it. */
    void refuseArgument() {
        if (refused != null) {
            throw new BadInputException("A key among the arguments can be read by everyone on this machine: use"
                    + " --secret-key-file FILE or " + VARIABLE + ".");
        }
    }
}
