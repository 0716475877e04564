/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What goes back for one call: the right answer, and the fault that may spoil it. */
final class Answer {

    private static final JsonFactory JSON = new JsonFactory();

    final Bytes json;
    final int code;
    final Fault fault;
    final long delayNanos;

    /** Takes the call out of those being served; may run more than once. */
    final Runnable leave;

    Answer(Bytes json, int code, Fault fault, long delayNanos, Runnable leave) {
        this.json = json;
        this.code = code;
        this.fault = fault;
        this.delayNanos = delayNanos;
        this.leave = leave;
    }

    /** ErrorInfo is "0" in the vendor's friend_delete sample and "" in that of friend_delete_all. */
    static Bytes success(@Nullable List<Item> items) {
        return write(items, "OK", Codes.OK, items == null ? "" : "0");
    }

    static Bytes failure(int code, String info) {
        return write(null, "FAIL", code, info);
    }

    private static Bytes write(@Nullable List<Item> items, String status, int code, String info) {
        Bytes bytes = new Bytes(items == null ? 128 : 128 + 72 * items.size());
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            if (items != null) {
                json.writeArrayPropertyStart("ResultItem");
                for (Item item : items) {
                    json.writeStartObject();
                    json.writeStringProperty("To_Account", item.toAccount);
                    json.writeNumberProperty("ResultCode", item.resultCode);
                    json.writeStringProperty("ResultInfo", Codes.text(item.resultCode));
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeStringProperty("ActionStatus", status);
            json.writeNumberProperty("ErrorCode", code);
            json.writeStringProperty("ErrorInfo", info);
            json.writeStringProperty("ErrorDisplay", "");
            json.writeEndObject();
        }
        return bytes;
    }

    record Item(String toAccount, int resultCode) {}
}
