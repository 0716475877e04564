/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Debian's Chromium and its driver, installed if need be and if that is allowed here. */
final class Chromium {

    static final File BINARY = new File("/usr/bin/chromium");
    static final File DRIVER = new File("/usr/bin/chromedriver");

    private static final File PACKAGES = new File("/usr/bin/apt-get");
    private static final int MINUTES = 5;
    private static @Nullable Boolean there;

    private Chromium() {}

    /** Tried once. */
    static synchronized boolean isThere() throws IOException, InterruptedException {
        Boolean known = there;
        if (known == null) {
            known = isInstalled() || (mayInstall() && install());
            there = known;
        }
        return known;
    }

    private static boolean isInstalled() {
        return BINARY.canExecute() && DRIVER.canExecute();
    }

    private static boolean mayInstall() {
        return PACKAGES.canExecute() && "root".equals(System.getProperty("user.name"));
    }

    private static boolean install() throws IOException, InterruptedException {
        return run("update")
                && run("install", "--yes", "--no-install-recommends", "chromium", "chromium-driver")
                && isInstalled();
    }

    private static boolean run(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = PACKAGES.getPath();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroy();
            return false;
        }
        return process.exitValue() == 0;
    }
}
