/* SPDX-License-Identifier: Apache-2.0 */
package readme;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Region;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.FriendGateway;
import reactor.core.publisher.Flux;

/** The example of the README; {@link ReadmeTest} keeps the two alike. */
final class Embed {

    private Embed() {}

    static Flux<ResultItem> unfriend(long sdkAppId, String secretKey, Flux<Friendship> pairs) {
        // [readme]
        FriendGateway gateway = FriendGateway.builder()
                .credentials(Credentials.of(sdkAppId, "administrator", secretKey))
                .region(Region.SINGAPORE)
                .build(); // one for each SDKAppID; dispose() it at the end

        Flux<ResultItem> results = gateway.delete(DeleteType.SINGLE, pairs) // Flux<Friendship>, any order, any length
                .doOnNext(item -> {
                    switch (item.outcome()) {
                        case DELETED, NOT_FRIENDS -> {} // the wanted state holds
                        case FAILED, UNKNOWN -> System.err.println(item); // this account alone; the stream goes on
                    }
                });
        // [/readme]
        return results.doFinally(end -> gateway.dispose());
    }
}
