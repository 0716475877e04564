/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Memory for tables of longs. Small ones live in the heap. Large ones live in a temporary file that is mapped, so that
 * millions of accounts do not need a large heap. Where the system allows it, the file loses its name as soon as it is
 * open, so no file remains after the process, even after a crash.
 */
final class LongPages {

    private static final int LARGEST_IN_HEAP = 1 << 13;
    private static final int CHUNK = 1 << 16;

    private LongPages() {}

    static LongBuffer allocate(int longs) {
        if (longs > LARGEST_IN_HEAP) {
            try {
                return mapped(8L * longs);
            } catch (IOException | UnsupportedOperationException | SecurityException e) {
                return LongBuffer.allocate(longs); // no place for temporary files: then in the heap
            }
        }
        return LongBuffer.allocate(longs);
    }

    private static LongBuffer mapped(long bytes) throws IOException {
        Path file = Files.createTempFile("unfriend-", ".tmp");
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE))) {
            // Written in full first: a full disk is an exception here, but would be the end of the JVM in a mapping.
            byte[] zeros = new byte[(int) Math.min(bytes, CHUNK)];
            for (long left = bytes; left > 0; ) {
                left -= channel.write(ByteBuffer.wrap(zeros, 0, (int) Math.min(left, zeros.length)));
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }
    }
}
