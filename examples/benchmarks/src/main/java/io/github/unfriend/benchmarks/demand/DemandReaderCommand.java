/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.benchmarks.process.Deadline;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Requests an answer and writes it to stdout as it comes, as curl does; for machines without curl. */
@Command(name = "demand-reader", hidden = true)
public final class DemandReaderCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 16;

    @Option(names = "--url", required = true)
    private URI url = URI.create("http://127.0.0.1");

    @Option(names = "--seconds", required = true)
    private int seconds;

    /** For the command line. */
    public DemandReaderCommand() {}

    @Override
    public Integer call() throws Exception {
        Deadline.in(Duration.ofSeconds(seconds));
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod("POST");
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = connection.getInputStream()) {
            int length;
            while ((length = in.read(buffer)) >= 0) {
                System.out.write(buffer, 0, length);
            }
        }
        System.out.flush();
        return 0;
    }
}
