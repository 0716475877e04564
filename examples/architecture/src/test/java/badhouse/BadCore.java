/* SPDX-License-Identifier: Apache-2.0 */
package badhouse;

import badhouse.cli.BadCommand;
import reactor.core.publisher.Mono;

/** Core that knows Reactor and an example, waits, sleeps, locks and prints. */
public class BadCore {
    public static final BadCommand COMMAND = new BadCommand();

    public synchronized String bad() throws InterruptedException {
        Thread.sleep(1);
        String text = Mono.just("bad").block();
        System.out.println(text);
        synchronized (COMMAND) {
            return String.valueOf(text);
        }
    }
}
