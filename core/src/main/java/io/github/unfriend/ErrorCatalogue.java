/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The codes of both API documents and of the vendor's error tables, old and new, that concern relationship chains
 * (30000 to 31999), the REST front (60000 to 69999) and accounts (70000 to 79999).
 *
 * <p>Where a category was a choice:
 *
 * <ul>
 *   <li>60002, 60009, 60012, 60025: everything these complain about (URL, path, query) is the same in every call, so
 *       they are CONFIGURATION and end a stream. 60003, 60015, 70206, 70402, 30002 complain about one body: BAD_REQUEST.
 *   <li>60004, 60005: once "wrong account or signature", in the newest table "account check failed, try later"; the
 *       newest wins. A wrong signature has codes of its own, so these are TRANSIENT.
 *   <li>60028, 70398, 72000, 72002, 80005: the state of the whole app, and no further attempt changes it: BILLING.
 *   <li>60016, 60017, 60021, 60027, 70051, 71000: the service shuts this caller out: PERMISSION.
 *   <li>30005, 70404, 72001, 72011, 72012: a switch or a version, the same for every call: CONFIGURATION.
 *   <li>70399: about one deleted account, so BUSINESS.
 * </ul>
 */
final class ErrorCatalogue {
    private static final int WEBHOOK_FIRST = 38000;
    private static final int WEBHOOK_LAST = 39000;

    private static final String TABLE = """
            0     | SUCCESS           | done | Nothing to do.

            30001 | BAD_REQUEST       | a parameter is wrong, or (by its text) the account is no friend | Read ErrorInfo and correct the account it objects to.
            30002 | BAD_REQUEST       | an account is illegal, or belongs to another SDKAppID | Check the accounts of the request.
            30003 | NOT_FOUND         | the account does not exist | Import the account, or leave it out.
            30004 | PERMISSION        | only an app administrator may do this | Use the UserID of an administrator as identifier.
            30005 | CONFIGURATION     | the follow feature is not switched on | Switch the feature on in the console.
            30006 | TRANSIENT         | internal error of the service | Try again; tell the vendor if it lasts.
            30007 | TRANSIENT         | network timeout inside the service | Try again later.
            30008 | CONFLICT          | two writes to one account met | Try again, with one call at a time for each From_Account.
            30009 | BUSINESS          | the account is barred from sending friend requests | Nothing a deletion can do.
            30010 | BUSINESS          | the own friend list is full | Nothing a deletion can do.
            30011 | BUSINESS          | the list of friend groups is full | Nothing a deletion can do.
            30012 | BUSINESS          | the list of pending requests is full | Nothing a deletion can do.
            30013 | BUSINESS          | the blocklist is full | Nothing a deletion can do.
            30014 | BUSINESS          | the other account's friend list is full | Nothing a deletion can do.
            30515 | BUSINESS          | the other account is in the own blocklist | Nothing a deletion can do.
            30516 | BUSINESS          | the other account refuses all friend requests | Nothing a deletion can do.
            30525 | BUSINESS          | the own account is in the other's blocklist | Nothing a deletion can do.
            30539 | BUSINESS          | the friend request waits to be confirmed | Nothing a deletion can do.
            30540 | SECURITY_POLICY   | the security policy filtered a friend request | Make such requests clearly less often.
            30614 | BUSINESS          | there is no such pending request | Nothing a deletion can do.
            31704 | NOT_FRIENDS       | there is no such friendship | Nothing to do: the wanted state holds.
            31707 | SECURITY_POLICY   | the security policy filtered the deletion | Delete clearly less often, and try again after a long pause.
            31804 | BUSINESS          | there is no such pending request (older: no such account) | Nothing a deletion can do.

            60002 | CONFIGURATION     | the HTTP request cannot be parsed | Check what a proxy or an endpoint of your own does to the URL.
            60003 | BAD_REQUEST       | the JSON of the request cannot be parsed | Check what a proxy does to the body, and the accounts in it.
            60004 | TRANSIENT         | the account check failed (older: wrong account or signature) | Try again later; if it lasts, check administrator and key.
            60005 | TRANSIENT         | the account check failed (older: wrong account or signature) | Try again later; if it lasts, check administrator and key.
            60006 | CONFIGURATION     | the SDKAppID is not valid | Check the SDKAppID.
            60007 | RATE_LIMITED      | more calls of this API than it allows in a second | Slow down, and look for other callers of the same SDKAppID.
            60008 | TRANSIENT         | the service timed out, or the HTTP request was broken | Try again; it may or may not have happened.
            60009 | CONFIGURATION     | there is no such resource | Check the endpoint: the service does not know this URL.
            60010 | PERMISSION        | the caller is no app administrator | Use the UserID of an administrator as identifier.
            60011 | RATE_LIMITED      | more calls than this SDKAppID may make in a second | Slow down all callers of this SDKAppID.
            60012 | CONFIGURATION     | the SDKAppID is missing | Check what a proxy or an endpoint of your own does to the URL.
            60013 | TRANSIENT         | the service got a broken answer from its own backend | Try again; tell the vendor if it lasts.
            60014 | TRANSIENT         | the account check timed out | Try again.
            60015 | BAD_REQUEST       | an account in the body is no string | Correct the body.
            60016 | PERMISSION        | the SDKAppID is disabled | Ask the vendor's support.
            60017 | PERMISSION        | the request is disabled | Ask the vendor's support.
            60018 | RATE_LIMITED      | too many requests | Slow down.
            60019 | RATE_LIMITED      | too many requests | Slow down.
            60020 | BILLING           | the plan is missing or expired, or payment is overdue | Buy, renew or pay; it takes effect after about five minutes.
            60021 | PERMISSION        | this IP address may not call the REST API | Put the address on the allow-list in the console.
            60025 | CONFIGURATION     | SDKAppID, identifier, UserSig or contenttype in the URL is wrong | Check the credentials, and what a proxy does to the URL.
            60026 | CONFIGURATION     | the host does not belong to the app's data centre | Choose the region the app was created in.
            60027 | PERMISSION        | this type of app may not use this API | Check the product the app was created for.
            60028 | BILLING           | the trial edition's volume of 24 hours is used up | Wait a day, or upgrade.

            70001 | SIGNATURE_EXPIRED | the UserSig has expired | Sign anew; check the clock of this machine if it comes back at once.
            70002 | CREDENTIAL        | the UserSig is empty | Check what a proxy does to the URL.
            70003 | CREDENTIAL        | the UserSig is illegal, cut off for example | Check the secret key, and what a proxy does to the URL.
            70005 | CREDENTIAL        | the UserSig is illegal | Check the secret key, and what a proxy does to the URL.
            70009 | CREDENTIAL        | the UserSig does not verify | The secret key is probably that of another SDKAppID: check both.
            70013 | CREDENTIAL        | the identifier is not the one that was signed | Check the administrator.
            70014 | CREDENTIAL        | the SDKAppID is not the one that was signed | Check the SDKAppID.
            70016 | CONFIGURATION     | there is no key for this app here | Check SDKAppID and region: they must belong together.
            70020 | CONFIGURATION     | there is no such SDKAppID here | Check SDKAppID and region: they must belong together.
            70050 | LOCKED_OUT        | too many wrong signatures | Correct the credentials, and make no call for a minute.
            70051 | PERMISSION        | the account is on the vendor's blocklist | Ask the vendor's support.
            70101 | CREDENTIAL        | a ticket of the old client login has expired | Nothing a deletion can do.
            70107 | NOT_FOUND         | the account does not exist | Import the account, or leave it out.
            70114 | RATE_LIMITED      | logins are restricted for safety | Slow down.
            70169 | TRANSIENT         | timeout inside the service | Try again later.
            70202 | TRANSIENT         | timeout inside the service | Try again later.
            70206 | BAD_REQUEST       | illegal number of accounts in one request | Send fewer accounts in one request.
            70398 | BILLING           | the app has more accounts than its plan allows | Upgrade the plan.
            70399 | BUSINESS          | a deleted account cannot be imported again for three months | Leave the account out.
            70402 | BAD_REQUEST       | a parameter is illegal | Check the accounts of the request.
            70403 | PERMISSION        | only an app administrator may do this | Use the UserID of an administrator as identifier.
            70404 | CONFIGURATION     | the client SDK is too old | Nothing a deletion can do.
            70500 | TRANSIENT         | internal error of the service | Try again later.
            71000 | PERMISSION        | this app may not delete accounts | Check the app in the console.
            72000 | BILLING           | the trial quota of daily users is used up | Upgrade the plan.
            72001 | CONFIGURATION     | the feature is not switched on | Switch the feature on in the console.
            72002 | BILLING           | the trial quota of monthly users is used up | Upgrade the plan.
            72010 | RATE_LIMITED      | one user asks too often | Slow down.
            72011 | CONFIGURATION     | the feature is not switched on | Switch the feature on in the console.
            72012 | CONFIGURATION     | the feature is not switched on | Switch the feature on in the console.
            80005 | BILLING           | the service is stopped: expired, or payment is overdue | Renew or pay.

            -2147483647 |  LOCAL             | the UserID is not valid, nothing was sent | Correct the account.
            -2147483646 |  LOCAL             | no readable answer came, it may or may not have happened | Delete the account again: doing it twice does no harm.
            -2147483645 |  LOCAL             | the answer left this account out, it may or may not have happened | Delete the account again: doing it twice does no harm.
            -2147483644 |  LOCAL             | the account could not be sent | Check the network, and delete the account again.
            -2147483643 |  LOCAL             | the element names no account | Correct the function from elements to accounts, or take the element out.
            -2147483642 | LOCAL             | somebody in front of the service refused the call with an HTTP status | Ask who runs the proxy or gateway between you and the service.
            -2147483641 | LOCAL             | the service refused every part of the batch alike, nobody looked at this account | Check the From_Account, then delete the account again.
            """;

    private static final Map<Integer, ErrorCode> CODES = parse(TABLE);

    private ErrorCatalogue() {}

    static ErrorCode find(int number) {
        ErrorCode known = CODES.get(number);
        if (known != null) {
            return known;
        }
        if (number >= WEBHOOK_FIRST && number <= WEBHOOK_LAST) {
            return new ErrorCode(
                    number,
                    ErrorCategory.BUSINESS,
                    "refused by the app's own webhook",
                    "Look the code up where your webhook makes it.");
        }
        return new ErrorCode(
                number,
                ErrorCategory.UNKNOWN,
                "a code in none of the vendor's tables",
                "Read the text that came with it, and ask the vendor's support.");
    }

    static Collection<ErrorCode> all() {
        return CODES.values();
    }

    private static Map<Integer, ErrorCode> parse(String table) {
        Map<Integer, ErrorCode> codes = new TreeMap<>();
        table.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] column = line.split("\\|", -1);
            int number = Integer.parseInt(column[0].strip());
            ErrorCategory category = ErrorCategory.valueOf(column[1].strip());
            ErrorCode code = new ErrorCode(number, category, column[2].strip(), column[3].strip());
            if (codes.put(number, code) != null) {
                throw new IllegalStateException("listed twice: " + number);
            }
        });
        return Collections.unmodifiableMap(codes);
    }
}
