/* SPDX-License-Identifier: Apache-2.0 */
package readme;

import io.github.unfriend.Credentials;
import io.github.unfriend.Region;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The example of the module's README for several gateways; {@link ReadmeTest} keeps the two alike. */
@Configuration(proxyBeanMethods = false)
public class Several {

    // [readme]
    @Bean
    FriendGateway europe(FriendGatewayBuilder builder, @Value("${keys.europe}") String key) {
        return builder.credentials(Credentials.of(20000001, "administrator", key))
                .region(Region.FRANKFURT)
                .build();
    }

    @Bean
    FriendGateway asia(FriendGatewayBuilder builder, @Value("${keys.asia}") String key) {
        return builder.credentials(Credentials.of(20000002, "administrator", key))
                .region(Region.SINGAPORE)
                .build();
    }
    // [/readme]
}
