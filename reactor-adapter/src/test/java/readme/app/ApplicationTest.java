/* SPDX-License-Identifier: Apache-2.0 */
package readme.app;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.test.StepVerifier;

/** The user's test of a Spring Boot application in the sandbox's README; {@link readme.ReadmeTest} keeps the two alike. */
// [readme]
@SpringBootTest
class ApplicationTest {

    static final Sandbox SANDBOX = Sandbox.start();

    @DynamicPropertySource
    static void unfriend(DynamicPropertyRegistry registry) {
        registry.add("unfriend.endpoint", SANDBOX::uri);
        registry.add("unfriend.sdk-app-id", () -> SandboxOptions.SDK_APP_ID);
        registry.add("unfriend.administrator", () -> SandboxOptions.ADMINISTRATOR);
        registry.add("unfriend.secret-key", () -> SandboxOptions.SECRET_KEY);
    }

    @Autowired
    FriendGateway gateway;

    @Test
    void aFriendIsDeleted() {
        SANDBOX.friends().befriend("alice", "bob");
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, new Friendship("alice", "bob")))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .verifyComplete();
    }
}
// [/readme]

/** The application that a user has. */
@SpringBootApplication
class Application {}
