/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.internal.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    @Test
    void readsMembersInAnyOrderAndPassesOverUnknownOnesOfAnyShape() {
        FriendDeleteAnswer answer = read("""
                {"New":{"ResultItem":[1,{"ErrorCode":7}]},"ErrorCode":0,"Fail_Account":["c"],"Invalid_Account":[],
                 "RequestId":"Id-1","More":[[],{},null,1.5,true],"ActionStatus":"OK",
                 "ResultItem":[{"ResultInfo":"no","X":{"To_Account":"z"},"ResultCode":31704,"To_Account":"a"},
                               {"ResultCode":0,"Y":[1,[2]],"To_Account":"b"}]}
                """);
        assertThat(answer.ok()).isTrue();
        assertThat(answer.requestId()).isEqualTo("Id-1");
        assertThat(answer.errorInfo()).isEmpty();
        assertThat(answer.errorDisplay()).isEmpty();
        assertThat(answer.items()).containsExactly(new AnswerItem("a", 31704, "no"), new AnswerItem("b", 0, ""));
    }

    @Test
    void readsTheFailureOfTheVendorsOlderDocument() {
        byte[] body =
                "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":30003,\"ErrorInfo\":\"Err_Sns_Invalid_Account\",\"ErrorDisplay\":\"\"}"
                        .getBytes(UTF_8);
        assertThat(AnswerReader.friendDeleteAll(body))
                .isEqualTo(new FriendDeleteAllAnswer("FAIL", 30003, "Err_Sns_Invalid_Account", "", null));
        assertThat(AnswerReader.friendDelete(body).items()).isEmpty();
        assertThat(AnswerReader.friendDelete(body).ok()).isFalse();
    }

    @Tag("promise-5")
    @ParameterizedTest
    @CsvSource({"OK,0,true", "OK,30006,false", "FAIL,0,false", "FAIL,60007,false", "ok,0,false", "'',0,false"})
    void succeedsOnlyWhenBothSignsAgree(String actionStatus, int errorCode, boolean ok) {
        String json = "{\"ActionStatus\":\"" + actionStatus + "\",\"ErrorCode\":" + errorCode + "}";
        FriendDeleteAnswer answer = read(json);
        assertThat(answer.ok()).isEqualTo(ok);
        assertThat(answer.actionStatus()).isEqualTo(actionStatus);
        assertThat(answer.errorCode()).isEqualTo(errorCode);
        assertThat(AnswerReader.friendDeleteAll(json.getBytes(UTF_8)).ok()).isEqualTo(ok);
    }

    @Tag("promise-5")
    @ParameterizedTest
    @CsvSource({"\"0\",0", "\"60007\",60007", "-1,-1", "\"-12\",-12", "2147483647,2147483647", "-0,0"})
    void takesACodeAsAStringToo(String written, int errorCode) {
        assertThat(read("{\"ActionStatus\":\"OK\",\"ErrorCode\":" + written + "}")
                        .errorCode())
                .isEqualTo(errorCode);
    }

    @Tag("promise-5")
    @Test
    void takesNullAndOtherScalarsForTexts() {
        FriendDeleteAnswer answer = read(
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":null,\"ErrorDisplay\":5,"
                        + "\"RequestId\":null,\"ResultItem\":[{\"To_Account\":\"a\",\"ResultCode\":0,\"ResultInfo\":null}]}");
        assertThat(answer.errorInfo()).isEmpty();
        assertThat(answer.errorDisplay()).isEqualTo("5");
        assertThat(answer.requestId()).isNull();
        assertThat(answer.items()).containsExactly(new AnswerItem("a", 0, ""));
        assertThat(read("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":{\"a\":[1]},\"ResultItem\":null}")
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ResultCode\":0}",
                "{\"To_Account\":\"x\"}",
                "{\"To_Account\":null,\"ResultCode\":0}",
                "{\"To_Account\":5.5,\"ResultCode\":0}",
                "{\"To_Account\":true,\"ResultCode\":0}",
                "{\"To_Account\":\"x\",\"ResultCode\":-2147483647}",
                "{\"To_Account\":[\"x\"],\"ResultCode\":0}",
                "{\"To_Account\":\"x\",\"ResultCode\":null}",
                "{\"To_Account\":\"x\",\"ResultCode\":1.5}",
                "{\"To_Account\":\"x\",\"ResultCode\":2147483648}",
                "{\"To_Account\":\"x\",\"ResultCode\":\"none\"}",
                "{\"To_Account\":\"x\",\"ResultCode\":{\"a\":[]}}",
                "{\"To_Account\":\"x\",\"ResultCode\":0,\"ResultCode\":31704}",
                "{\"To_Account\":\"x\",\"To_Account\":\"y\",\"ResultCode\":0}",
                "{\"To_Account\":null,\"To_Account\":\"x\",\"ResultCode\":0}",
                "{\"To_Account\":\"x\",\"ResultCode\":\"none\",\"ResultCode\":0}",
                "{}",
                "[]",
                "[[{\"To_Account\":\"x\",\"ResultCode\":0}]]",
                "null",
                "7",
                "\"x\""
            })
    void passesOverAnUnreadableItemAndKeepsTheOthers(String item) {
        FriendDeleteAnswer answer = read("{\"ResultItem\":[{\"To_Account\":\"a\",\"ResultCode\":0}," + item
                + ",{\"To_Account\":\"b\",\"ResultCode\":0}],\"ActionStatus\":\"OK\",\"ErrorCode\":0}");
        assertThat(answer.items()).containsExactly(new AnswerItem("a", 0, ""), new AnswerItem("b", 0, ""));
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "-5, -5", "12345678901234567890, 12345678901234567890", "0, 0"})
    void readsAnAccountThatIsANumberByItsDigits(String number, String account) {
        FriendDeleteAnswer answer = read("{\"ResultItem\":[{\"To_Account\":" + number
                + ",\"ResultCode\":31704}],\"ActionStatus\":\"OK\",\"ErrorCode\":0}");
        assertThat(answer.items()).containsExactly(new AnswerItem(account, 31704, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "'  '|is empty",
                "<html><body>502 Bad Gateway</body></html>|is HTML",
                "'\n <?xml version=\"1.0\"?>'|is HTML",
                "Bad Gateway|is not JSON",
                "null|no object",
                "[]|no object",
                "\"OK\"|no object",
                "0|no object",
                "{|is cut off",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":0|is cut off",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"|is cut off",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":0}{}|after its end",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":0}x|is not JSON",
                "{}|ActionStatus",
                "{\"ErrorCode\":0}|ActionStatus",
                "{\"ActionStatus\":null,\"ErrorCode\":0}|ActionStatus",
                "{\"ActionStatus\":[\"OK\"],\"ErrorCode\":0}|ActionStatus",
                "{\"ActionStatus\":\"OK\"}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":null}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":1.5}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":1e2}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":2147483648}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":99999999999999999999}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":\"2147483648\"}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":\"\"}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":\"-\"}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":\"0x\"}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":\"٠\"}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":true}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":{\"a\":0}}|ErrorCode",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorCode\":0}|twice",
                "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":0,\"ActionStatus\":\"OK\"}|twice",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,}|is not JSON",
                "{'ActionStatus':'OK'}|is not JSON",
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":NaN}|is not JSON"
            })
    void refusesWhatIsNoAnswerAndSaysWhy(String body, String why) {
        byte[] bytes = body.getBytes(UTF_8);
        assertThatExceptionOfType(MalformedAnswerException.class)
                .isThrownBy(() -> AnswerReader.friendDelete(bytes))
                .withMessageContaining(why);
        assertThatExceptionOfType(MalformedAnswerException.class)
                .isThrownBy(() -> AnswerReader.friendDeleteAll(bytes))
                .withMessageContaining(why);
    }

    @Test
    void aListOfItemsMustBeAList() {
        String json =
                "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ResultItem\":{\"To_Account\":\"a\",\"ResultCode\":0}}";
        assertThatExceptionOfType(MalformedAnswerException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining("ResultItem");
        assertThat(AnswerReader.friendDeleteAll(json.getBytes(UTF_8)).ok()).isTrue();
    }

    @Test
    void boundsItemsDepthNumbersNamesStringsAndLength() {
        String item = "{\"To_Account\":\"a\",\"ResultCode\":0}";
        assertThat(read(withItems((item + ",").repeat(Json.MOST_ELEMENTS - 1) + item))
                        .items())
                .hasSize(Json.MOST_ELEMENTS);
        refused(withItems((item + ",").repeat(Json.MOST_ELEMENTS) + item), "items");
        refused(withItems("0,".repeat(Json.MOST_ELEMENTS) + "0"), "items");
        refused("{\"a\":" + "[".repeat(1_000_000), "beyond");
        refused("[".repeat(1_000_000), "no object");
        refused("{\"a\":" + "{\"a\":".repeat(500_000), "beyond");
        refused("{\"ActionStatus\":\"OK\",\"ErrorCode\":" + "9".repeat(100_000) + "}", "beyond");
        refused("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"" + "x".repeat(1_000_000) + "\"}", "beyond");
        refused("{\"" + "x".repeat(100_000) + "\":0}", "beyond");
        refused("{\"a\":0" + " ".repeat(Json.MOST_BYTES) + "}", "longer than");
    }

    @Tag("promise-6")
    @Test
    void neverQuotesTheAnswer() {
        assertThatExceptionOfType(MalformedAnswerException.class)
                .isThrownBy(() -> read("Proxy error for ?usersig=eJyrVgrx"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Proxy", "usersig", "eJyr"))
                .withNoCause()
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    @Test
    void readsAPartOfAnArray() {
        byte[] bytes = "xx{\"ActionStatus\":\"OK\",\"ErrorCode\":0}yy".getBytes(UTF_8);
        assertThat(AnswerReader.friendDelete(bytes, 2, bytes.length - 4).ok()).isTrue();
        assertThat(AnswerReader.friendDeleteAll(bytes, 2, bytes.length - 4).ok())
                .isTrue();
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> AnswerReader.friendDelete(bytes, 2, bytes.length));
    }

    private static String withItems(String items) {
        return "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ResultItem\":[" + items + "]}";
    }

    private static void refused(String json, String why) {
        assertThatExceptionOfType(MalformedAnswerException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining(why);
    }

    private static FriendDeleteAnswer read(String json) {
        return AnswerReader.friendDelete(json.getBytes(UTF_8));
    }
}
