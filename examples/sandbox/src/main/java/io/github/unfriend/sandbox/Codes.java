/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

/** The vendor's codes the sandbox answers with of its own accord, and the texts it sends along with any code. */
final class Codes {

    static final int OK = 0;
    static final int WRONG_PARAMETER = 30001;
    static final int NO_SUCH_ACCOUNT = 30003;
    static final int WRITE_CONFLICT = 30008;
    static final int NOT_FRIENDS = 31704;
    static final int WRONG_HTTP = 60002;
    static final int WRONG_JSON = 60003;
    static final int TOO_FREQUENT = 60007;
    static final int WRONG_PATH = 60009;
    static final int NO_ADMINISTRATOR = 60010;
    static final int NO_SDK_APP_ID = 60012;
    static final int ACCOUNT_NOT_TEXT = 60015;
    static final int WRONG_QUERY = 60025;
    static final int SIGNATURE_EXPIRED = 70001;
    static final int SIGNATURE_EMPTY = 70002;
    static final int SIGNATURE_UNREADABLE = 70003;
    static final int SIGNATURE_WRONG = 70009;
    static final int OTHER_IDENTIFIER = 70013;
    static final int OTHER_APP = 70014;
    static final int NO_SUCH_APP = 70020;
    static final int TOO_MANY_FAILED_CHECKS = 70050;

    private Codes() {}

    /** Err_SNS texts where the vendor's are known, else the vendor's meaning in our own words. */
    static String text(int code) {
        return switch (code) {
            case OK -> "";
            case WRONG_PARAMETER -> "Err_SNS_FriendDelete_Parameter_Error";
            case 30002 -> "Err_SNS_FriendDelete_SdkAppId_Illegal";
            case NO_SUCH_ACCOUNT -> "Err_Sns_Invalid_Account";
            case 30004 -> "app admin permissions are required";
            case 30006 -> "Err_SNS_FriendDelete_Exec_Task_Fail";
            case 30007 -> "network timeout, try again later";
            case WRITE_CONFLICT -> "write conflict, use the batch mode";
            case NOT_FRIENDS -> "Err_SNS_FriendDelete_Not_Friend";
            case 31707 -> "friend deletion filtered by the security policy";
            case WRONG_HTTP -> "HTTP request cannot be parsed";
            case WRONG_JSON -> "request body is not valid JSON";
            case TOO_FREQUENT -> "call frequency limit of this API exceeded";
            case 60008 -> "service timeout, try again";
            case WRONG_PATH -> "requested resource does not exist, check the URL";
            case NO_ADMINISTRATOR -> "identifier is not an app admin";
            case 60011 -> "call frequency limit of the SDKAppID exceeded";
            case NO_SDK_APP_ID -> "sdkappid is missing in the URL";
            case ACCOUNT_NOT_TEXT -> "UserID must be a string";
            case WRONG_QUERY -> "sdkappid, identifier, usersig or contenttype in the URL is wrong";
            case SIGNATURE_EXPIRED -> "UserSig expired";
            case SIGNATURE_EMPTY -> "UserSig is empty";
            case SIGNATURE_UNREADABLE -> "UserSig is illegal";
            case SIGNATURE_WRONG -> "UserSig verification failed, it may be made with the key of another SDKAppID";
            case OTHER_IDENTIFIER -> "identifier does not match the one in UserSig";
            case OTHER_APP -> "sdkappid does not match the one in UserSig";
            case NO_SUCH_APP -> "SDKAppID does not exist";
            case TOO_MANY_FAILED_CHECKS -> "too many failed UserSig checks, wait a minute";
            default -> "error " + code + " of the sandbox";
        };
    }
}
