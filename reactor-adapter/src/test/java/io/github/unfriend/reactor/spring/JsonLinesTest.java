/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteResult;
import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import io.github.unfriend.ResultItem;
import io.github.unfriend.Settled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/** What Jackson makes of friendships and results in an application. */
class JsonLinesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(UnfriendJacksonAutoConfiguration.class));
    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new UnfriendJacksonAutoConfiguration().unfriendJacksonModule())
            .build();

    @Test
    void linesLookLikeThoseOfTheCommand() {
        assertThat(mapper.writeValueAsString(new ResultItem("alice", "bob", 0, "")))
                .isEqualTo("{\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}");
        assertThat(mapper.writeValueAsString(new DeleteAllResult("alice", LocalCode.NO_ANSWER, "late")))
                .isEqualTo("{\"from\":\"alice\",\"outcome\":\"unknown\",\"code\":-2147483646,\"info\":\"late\"}");
        assertThat(mapper.writeValueAsString(
                        new DeleteResult("alice", List.of(new ResultItem("alice", "bob", 31704, "x")))))
                .isEqualTo("{\"from\":\"alice\",\"items\":[{\"from\":\"alice\",\"to\":\"bob\","
                        + "\"outcome\":\"not_friends\",\"code\":31704,\"info\":\"x\"}]}");
        assertThat(mapper.writeValueAsString(new Settled<>(7, new ResultItem("alice", "bob", 0, ""))))
                .startsWith("{\"element\":7,\"result\":{\"from\":\"alice\"");
    }

    @Test
    void aLineWithAResultIsAFriendshipToo() {
        Friendship friendship = new Friendship("alice", "bob");
        String line = mapper.writeValueAsString(friendship);
        assertThat(line).isEqualTo("{\"from\":\"alice\",\"to\":\"bob\"}");
        assertThat(mapper.readValue(line, Friendship.class)).isEqualTo(friendship);
        String result = mapper.writeValueAsString(new ResultItem("alice", "bob", 30003, "{}"));
        assertThat(mapper.readValue(result, Friendship.class)).isEqualTo(friendship);
        assertThat(mapper.readValue("[" + line + "," + result + "]", Friendship[].class))
                .containsExactly(friendship, friendship);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"alice\"",
                "{\"from\":\"alice\"}",
                "{\"fromAccount\":\"alice\",\"toAccount\":\"bob\"}",
                "{\"from\":\"alice\",\"to\":7}",
                "{\"from\":\"alice\",\"to\":null}",
                "{\"from\":\"alice\",\"to\":[\"bob\"]}",
                "{\"from\":\"alice\",\"to\":\"bob\",\"to\":\"carol\"}"
            })
    void whatIsNoFriendshipIsRefused(String json) {
        assertThatThrownBy(() -> mapper.readValue(json, Friendship.class)).isInstanceOf(DatabindException.class);
    }

    /** UTF-8 has none; the service may send it as an escape, and so may whoever posts a friendship. */
    @Test
    void halfACharacterEndsNoStream() {
        ResultItem item = new ResultItem(
                "alice", "b\ud800", LocalCode.INVALID_USER_ID, "\"cut\" \udc00 short \ud83d\ude00 \ud83d");
        String line = new String(mapper.writeValueAsBytes(item), StandardCharsets.UTF_8);
        assertThat(line)
                .isEqualTo("{\"from\":\"alice\",\"to\":\"b\\uD800\",\"outcome\":\"failed\",\"code\":-2147483647,"
                        + "\"info\":\"\\\"cut\\\" \\uDC00 short \ud83d\ude00 \\uD83D\"}");
        assertThat(mapper.readValue(line, Friendship.class)).isEqualTo(new Friendship("alice", "b\ud800"));
        assertThat(new String(mapper.writeValueAsBytes(new Friendship("\udc00", "x")), StandardCharsets.UTF_8))
                .isEqualTo("{\"from\":\"\\uDC00\",\"to\":\"x\"}");
    }

    @Test
    void bootIsGivenTheModuleUnlessItIsSwitchedOff() {
        runner.run(context -> assertThat(context).hasSingleBean(JacksonModule.class));
        runner.withPropertyValues("unfriend.json=false")
                .run(context -> assertThat(context).doesNotHaveBean(JacksonModule.class));
        runner.withClassLoader(new FilteredClassLoader(JacksonModule.class))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
