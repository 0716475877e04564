/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("promise-5")
class ErrorCodeTest {

    /** Every number of the two API documents and of the vendor's tables, old and new, written down once more. */
    private static final List<Integer> DOCUMENTED = Stream.of(
                    // friend_delete and friend_delete_all
                    "30001 30002 30003 30004 30006 30007 30008 31704 31707",
                    // relationship chains
                    "30005 30009 30010 30011 30012 30013 30014 30515 30516 30525 30539 30540 30614 31804",
                    // REST front
                    "60002 60003 60004 60005 60006 60007 60008 60009 60010 60011 60012 60013 60014 60015 60016 60017 60018",
                    "60019 60020 60021 60025 60026 60027 60028",
                    // accounts
                    "70001 70002 70003 70005 70009 70013 70014 70016 70020 70050 70051 70101 70107 70114 70169 70202 70206",
                    "70398 70399 70402 70403 70404 70500 71000 72000 72001 72002 72010 72011 72012",
                    "80005",
                    // success, and this library's own
                    "0 -2147483647 -2147483646 -2147483645 -2147483644 -2147483643 -2147483642 -2147483641")
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .map(Integer::valueOf)
            .toList();

    @Test
    void knowsEveryDocumentedNumberAndNoOther() {
        assertThat(ErrorCode.all()).extracting(ErrorCode::number).containsExactlyInAnyOrderElementsOf(DOCUMENTED);
    }

    @Test
    void everyEntryIsComplete() {
        assertThat(ErrorCode.all()).allSatisfy(code -> {
            assertThat(code.meaning()).isNotBlank().doesNotContain("|").doesNotEndWith(".");
            assertThat(code.advice()).isNotBlank().doesNotContain("|").endsWith(".");
            assertThat(code.category()).isNotEqualTo(ErrorCategory.UNKNOWN);
            assertThat(ErrorCode.of(code.number())).isSameAs(code);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, 0",
        "NOT_FRIENDS, 31704",
        "TRANSIENT, 30006 30007 60004 60005 60008 60013 60014 70169 70202 70500",
        "CONFLICT, 30008",
        "RATE_LIMITED, 60007 60011 60018 60019 70114 72010",
        "SECURITY_POLICY, 30540 31707",
        "LOCKED_OUT, 70050",
        "SIGNATURE_EXPIRED, 70001",
        "CREDENTIAL, 70002 70003 70005 70009 70013 70014 70101",
        "CONFIGURATION, 30005 60002 60006 60009 60012 60025 60026 70016 70020 70404 72001 72011 72012",
        "PERMISSION, 30004 60010 60016 60017 60021 60027 70051 70403 71000",
        "BILLING, 60020 60028 70398 72000 72002 80005",
        "BAD_REQUEST, 30001 30002 60003 60015 70206 70402",
        "NOT_FOUND, 30003 70107",
        "BUSINESS, 30009 30010 30011 30012 30013 30014 30515 30516 30525 30539 30614 31804 70399",
        "LOCAL, -2147483647 -2147483646 -2147483645 -2147483644 -2147483643 -2147483642 -2147483641"
    })
    void sortsByWhatToDo(ErrorCategory category, String numbers) {
        assertThat(ErrorCode.all())
                .filteredOn(code -> code.category() == category)
                .extracting(ErrorCode::number)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(numbers.split(" ")).map(Integer::valueOf).toList());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                30004, 60010, 60012, 60025, 60026, 70003, 70009, 70013, 70014, 70016, 70020, 60006, 70002, 70403, 60020
            })
    void stopsWhereEveryFurtherCallWouldFail(int number) {
        assertThat(ErrorCode.of(number).isFatal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31704, 30001, 30003, 30006, 30008, 60007, 31707, 70050, 70001, 424242, 38001, -2})
    void goesOnWhereAnotherCallMaySucceed(int number) {
        assertThat(ErrorCode.of(number).isFatal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {30026, 60001, 60022, 1, -6, 37999, 39001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void keepsANumberNobodyKnows(int number) {
        ErrorCode code = ErrorCode.of(number);
        assertThat(code.number()).isEqualTo(number);
        assertThat(code.category()).isEqualTo(ErrorCategory.UNKNOWN);
        assertThat(code.meaning()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(ints = {38000, 38500, 39000})
    void knowsTheRangeOfTheAppsOwnWebhook(int number) {
        ErrorCode code = ErrorCode.of(number);
        assertThat(code.number()).isEqualTo(number);
        assertThat(code.category()).isEqualTo(ErrorCategory.BUSINESS);
    }
}
