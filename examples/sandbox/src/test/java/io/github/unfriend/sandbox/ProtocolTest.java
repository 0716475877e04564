/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static io.github.unfriend.sandbox.Caller.delete;
import static io.github.unfriend.sandbox.Caller.deleteAll;
import static io.github.unfriend.sandbox.Caller.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes, codes and friend lists of both APIs, byte for byte. */
class ProtocolTest {

    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start();
        sandbox.friends().befriendBoth("id", "id1").befriendBoth("id", "id2").befriend("id", "id3");
        caller = new Caller(sandbox);
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        sandbox.close();
    }

    @Test
    void friendDeleteAnswersAsInTheDocument() throws IOException {
        Caller.Reply reply = caller.call(Api.FRIEND_DELETE, delete("id", "id1", "id2", "id3"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(reply.body())
                .isEqualTo("{\"ResultItem\":[{\"To_Account\":\"id1\",\"ResultCode\":0,\"ResultInfo\":\"\"},"
                        + "{\"To_Account\":\"id2\",\"ResultCode\":0,\"ResultInfo\":\"\"},"
                        + "{\"To_Account\":\"id3\",\"ResultCode\":0,\"ResultInfo\":\"\"}],"
                        + "\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"0\",\"ErrorDisplay\":\"\"}");
        assertThat(sandbox.friends().count("id")).isZero();
        assertThat(sandbox.friends().areFriends("id1", "id")).isTrue();
        assertThat(sandbox.score().deletions()).isEqualTo(3);
        assertThat(sandbox.score().violations()).isEmpty();
        assertThat(sandbox.score().answers()).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void friendDeleteAllAnswersAsInTheDocument() throws IOException {
        Caller.Reply reply = caller.call(Api.FRIEND_DELETE_ALL, "{\"From_Account\":\"id\"}");
        assertThat(reply.body())
                .isEqualTo("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\",\"ErrorDisplay\":\"\"}");
        assertThat(sandbox.friends().count("id")).isZero();
        assertThat(sandbox.friends().areFriends("id1", "id")).isTrue();
        assertThat(sandbox.score().notes()).hasSize(1).first().asString().contains("DeleteType");
        assertThat(sandbox.score().violations()).isEmpty();
    }

    @Test
    void bothEmptiesBothSides() throws IOException {
        caller.call(Api.FRIEND_DELETE, delete("Delete_Type_Both", "id", List.of("id1", "id3")));
        assertThat(sandbox.friends().areFriends("id1", "id")).isFalse();
        assertThat(sandbox.friends().areFriends("id2", "id")).isTrue();
        caller.call(Api.FRIEND_DELETE_ALL, deleteAll("Delete_Type_Both", "id"));
        assertThat(sandbox.friends().total()).isZero();
        assertThat(sandbox.score().deletions()).isEqualTo(5);
    }

    @Test
    void mixedItemsAreStillOkAtTheTop() throws IOException {
        Caller.Reply reply = caller.call(Api.FRIEND_DELETE, delete("id1", "id", "id2", "nobody"));
        assertThat(reply.code()).isZero();
        assertThat(reply.body())
                .contains("{\"To_Account\":\"id\",\"ResultCode\":0,\"ResultInfo\":\"\"}")
                .contains("{\"To_Account\":\"id2\",\"ResultCode\":31704,"
                        + "\"ResultInfo\":\"Err_SNS_FriendDelete_Not_Friend\"}")
                .contains("{\"To_Account\":\"nobody\",\"ResultCode\":30003,\"ResultInfo\":\"Err_Sns_Invalid_Account\"}")
                .contains("\"ActionStatus\":\"OK\"");
        assertThat(sandbox.score().items()).isEqualTo(Map.of(0, 1L, 31704, 1L, 30003, 1L));
    }

    @ParameterizedTest
    @CsvSource({"FRIEND_DELETE", "FRIEND_DELETE_ALL"})
    void anUnknownFromAccountFailsTheCall(Api api) throws IOException {
        String body = api == Api.FRIEND_DELETE ? delete("nobody", "id1") : deleteAll("Delete_Type_Single", "nobody");
        assertThat(caller.call(api, body).body())
                .isEqualTo("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":30003,"
                        + "\"ErrorInfo\":\"Err_Sns_Invalid_Account\",\"ErrorDisplay\":\"\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            60003 |
            60003 | nonsense
            60003 | []
            60003 | {"From_Account":"id","To_Account":["id1"]
            60003 | {"From_Account":"id","To_Account":["id1"],"DeleteType":"Delete_Type_Single"} {}
            60015 | {"From_Account":7,"To_Account":["id1"],"DeleteType":"Delete_Type_Single"}
            60015 | {"From_Account":"id","To_Account":["id1",{"a":[1]}],"DeleteType":"Delete_Type_Single"}
            30001 | {"To_Account":["id1"],"DeleteType":"Delete_Type_Single"}
            30001 | {"From_Account":"","To_Account":["id1"],"DeleteType":"Delete_Type_Single"}
            30001 | {"From_Account":"id","DeleteType":"Delete_Type_Single"}
            30001 | {"From_Account":"id","To_Account":[],"DeleteType":"Delete_Type_Single"}
            30001 | {"From_Account":"id","To_Account":"id1","DeleteType":"Delete_Type_Single"}
            30001 | {"From_Account":"id","To_Account":["id1"],"DeleteType":"delete_type_single"}
            30001 | {"From_Account":"id","To_Account":["id1"],"DeleteType":1}
            """)
    void aBadBodyIsRefusedAndNoted(int code, String body) throws IOException {
        assertThat(caller.call(Api.FRIEND_DELETE, body == null ? "" : body).code())
                .isEqualTo(code);
        assertThat(sandbox.score().violations()).isNotEmpty();
        assertThat(sandbox.friends().count("id")).isEqualTo(3);
        assertThat(sandbox.score().answers()).isEqualTo(Map.of(code, 1L));
    }

    @Test
    void aThousandAccountsPassAndOneMoreDoesNot() throws IOException {
        sandbox.friends().generate(1, 1001);
        List<String> accounts = IntStream.range(0, 1001)
                .mapToObj(i -> FriendLists.name("friend-", i))
                .toList();
        String owner = FriendLists.name("owner-", 0);
        assertThat(caller.call(Api.FRIEND_DELETE, delete("Delete_Type_Single", owner, accounts))
                        .code())
                .isEqualTo(30001);
        assertThat(sandbox.score().violations()).containsExactly("1001 To_Accounts in one call, more than 1,000");
        assertThat(caller.call(Api.FRIEND_DELETE, delete("Delete_Type_Single", owner, accounts.subList(0, 1000)))
                        .code())
                .isZero();
        assertThat(sandbox.friends().count(owner)).isEqualTo(1);
        assertThat(sandbox.score().accountsPerCall()).isEqualTo(new AccountsPerCall(2, 2001, 1000, 1001));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"From_Account":"id","To_Account":["id1","id1"],"DeleteType":"Delete_Type_Single"} | twice
            {"From_Account":"id","To_Account":["id"],"DeleteType":"Delete_Type_Single"} | holds From_Account
            {"From_Account":"id","To_Account":[""],"DeleteType":"Delete_Type_Single"} | empty
            {"From_Account":"id","To_Account":["123456789012345678901234567890123"],"DeleteType":"Delete_Type_Single"} | 32
            {"From_Account":"id","To_Account":["用户用户用户用户用户用"],"DeleteType":"Delete_Type_Single"} | 32
            {"From_Account":"id","To_Account":["id1"],"DeleteType":"Delete_Type_Single","Extra":{}} | unknown member
            {"From_Account":"id","From_Account":"id","To_Account":["id1"],"DeleteType":"Delete_Type_Single"} | twice
            """)
    void oddBodiesAreServedAndNoted(String body, String violation) throws IOException {
        assertThat(caller.call(Api.FRIEND_DELETE, body).code()).isZero();
        assertThat(sandbox.score().violations()).hasSize(1).first().asString().contains(violation);
    }

    @Test
    void aDuplicateIsNoFriendTheSecondTime() throws IOException {
        assertThat(caller.call(Api.FRIEND_DELETE, delete("id", "id1", "id1")).body())
                .contains("\"ResultCode\":0")
                .contains("\"ResultCode\":31704");
    }

    @Test
    void wrongPathAndMethod() throws IOException {
        assertThat(caller.request("POST", "/v4/sns/friend_add?sdkappid=1", "{}").code())
                .isEqualTo(60009);
        assertThat(caller.request("GET", Api.FRIEND_DELETE.path(), "").code()).isEqualTo(60002);
        assertThat(sandbox.score().violations())
                .containsExactly("there is no API at this path", "the method is not POST");
    }

    @ParameterizedTest
    @CsvSource({
        "sdkappid,,60012,lacks sdkappid",
        "sdkappid,1400000001,70020,",
        "sdkappid,none,70020,",
        "identifier,,60025,lacks identifier",
        "contenttype,,60025,lacks contenttype",
        "contenttype,xml,60025,contenttype is not json",
        "usersig,,70002,lacks usersig",
        "usersig,nonsense,70003,",
        "random,,0,lacks random",
        "random,-1,0,random is not",
        "random,4294967296,0,random is not",
        "random,1e3,0,random is not",
        "other,1,0,unknown parameter other"
    })
    void theQueryIsChecked(String name, String value, int code, String violation) throws IOException {
        Map<String, String> query = query();
        if (value == null) {
            query.remove(name);
        } else {
            query.put(name, value);
        }
        assertThat(caller.call(Api.FRIEND_DELETE, query, delete("id", "id1")).code())
                .isEqualTo(code);
        if (violation == null) {
            assertThat(sandbox.score().violations()).isEmpty();
        } else {
            assertThat(sandbox.score().violations())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(violation);
        }
        assertThat(sandbox.friends().areFriends("id", "id1")).isEqualTo(code != 0);
    }

    @Test
    void duplicateParametersAndRepeatedRandomsAreNoted() throws IOException {
        Map<String, String> query = query();
        query.put("random", "5&contenttype=json");
        for (int i = 0; i < 4; i++) {
            caller.call(Api.FRIEND_DELETE, query, delete("id", "id1"));
        }
        assertThat(sandbox.score().violations())
                .contains("random 5 came three times; it must be fresh for each call")
                .contains("the query has contenttype 2 times")
                .hasSize(5);
        assertThat(sandbox.score().violationCount()).isEqualTo(5);
    }

    @Test
    void aBodyOverTheBoundAnswers413() throws IOException {
        try (Sandbox small = Sandbox.start(
                        SandboxOptions.builder().maxRequestBytes(100).build());
                Caller other = new Caller(small)) {
            assertThat(other.call(Api.FRIEND_DELETE, " ".repeat(101)).status()).isEqualTo(413);
            assertThat(other.isEnded()).isTrue();
            assertThat(small.score().violationCount()).isEqualTo(1);
        }
    }
}
