/* SPDX-License-Identifier: Apache-2.0 */
package readme;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.reactor.FriendGateway;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The example of the README for a source that wants to be acknowledged; {@link ReadmeTest} keeps the two alike. */
final class Acknowledge {

    private Acknowledge() {}

    /** What queues have in common. */
    interface Message {
        String from();

        String to();

        Mono<Void> acknowledge();

        Mono<Void> reject(String why);

        Mono<Void> release();
    }

    static Flux<Void> consume(FriendGateway gateway, Flux<Message> messages) {
        // [readme]
        return gateway.delete(DeleteType.SINGLE, messages, message -> new Friendship(message.from(), message.to()))
                .concatMap(settled -> switch (settled.result().outcome()) {
                    case DELETED, NOT_FRIENDS -> settled.element().acknowledge();
                    case FAILED -> settled.element().reject(settled.result().resultInfo());
                    case UNKNOWN -> settled.element().release(); // deleted or not: to be sent again
                });
        // [/readme]
    }
}
