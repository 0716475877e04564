/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

import io.github.unfriend.ResultItem;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes results as NDJSON: {@code {"from":…,"to":…,"outcome":"deleted","code":0,"info":""}}. */
public final class ResultLines {

    /** Escaped, since a text may hold half a character, which no UTF-8 can. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private static final int USUAL_LINE = 96;

    private ResultLines() {}

    /**
     * Encodes results.
     *
     * @param results at least one
     * @param buffers where the buffer comes from
     * @return whole lines, in one buffer
     */
    public static DataBuffer encode(List<ResultItem> results, DataBufferFactory buffers) {
        DataBuffer buffer = buffers.allocateBuffer(USUAL_LINE * results.size());
        OutputStream out = buffer.asOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            for (ResultItem result : results) {
                json.writeStartObject();
                json.writeStringProperty("from", result.fromAccount());
                json.writeStringProperty("to", result.toAccount());
                json.writeStringProperty("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
                json.writeNumberProperty("code", result.resultCode());
                json.writeStringProperty("info", result.resultInfo());
                json.writeEndObject();
            }
        }
        buffer.write((byte) '\n');
        return buffer;
    }

    /**
     * The last line of a stream that ends early: its HTTP status was sent long ago, so the problem stands where the
     * results end.
     *
     * @param problem what happened
     * @param buffers where the buffer comes from
     * @return a line with the one member {@code problem}
     */
    public static DataBuffer encode(ProblemDetail problem, DataBufferFactory buffers) {
        DataBuffer buffer = buffers.allocateBuffer(4 * USUAL_LINE);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), buffer.asOutputStream())) {
            json.writeStartObject();
            json.writeObjectPropertyStart("problem");
            json.writeStringProperty("type", String.valueOf(problem.getType()));
            json.writeStringProperty("title", String.valueOf(problem.getTitle()));
            json.writeNumberProperty("status", problem.getStatus());
            json.writeStringProperty("detail", String.valueOf(problem.getDetail()));
            json.writeEndObject();
            json.writeEndObject();
        }
        buffer.write((byte) '\n');
        return buffer;
    }
}
