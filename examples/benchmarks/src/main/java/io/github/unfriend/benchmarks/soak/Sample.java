/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.soak;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the process holds at one moment, after a garbage collection.
 *
 * @param seconds since the start
 * @param heap bytes in use
 * @param direct bytes of direct memory, Netty's and the JDK's
 * @param threads live threads
 * @param sockets open sockets, or -1 where the system does not tell
 */
record Sample(long seconds, long heap, long direct, int threads, long sockets) {

    private static final long MEGABYTE = 1024 * 1024;

    static Sample now(long seconds) {
        System.gc();
        System.gc();
        long jdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Sample(
                seconds,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                jdk + Math.max(0, PlatformDependent.usedDirectMemory()),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                openSockets());
    }

    private static long openSockets() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Sample::isSocket).count();
        } catch (IOException notLinux) {
            return -1;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%5d s  heap %6.1f MB  direct %6.1f MB  threads %3d  sockets %3d",
                seconds,
                (double) heap / MEGABYTE,
                (double) direct / MEGABYTE,
                threads,
                sockets);
    }
}
