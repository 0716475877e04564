/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

/** Stands between the clients and the judge, on the loopback address. */
public interface Proxy extends AutoCloseable {

    /** Where clients connect. */
    int port();

    @Override
    void close();

    /** No proxy: clients connect to the judge itself. */
    static Proxy none(int target) {
        return new Proxy() {
            @Override
            public int port() {
                return target;
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }
}
