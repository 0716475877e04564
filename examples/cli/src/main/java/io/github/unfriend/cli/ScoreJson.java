/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.sandbox.Api;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.Score;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The score of a sandbox as one line of JSON, for scripts. */
final class ScoreJson {

    private ScoreJson() {}

    static byte[] of(Sandbox sandbox) {
        Score score = sandbox.score();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("calls", score.calls());
            json.writeNumberProperty("answered", score.answered());
            json.writeNumberProperty("violations", score.violationCount());
            json.writeNumberProperty("deletions", score.deletions());
            json.writeNumberProperty("friendships_left", sandbox.friends().total());
            json.writeNumberProperty("connections", score.connectionsOpened());
            json.writeNumberProperty("callbacks_sent", score.callbacksSent());
            json.writeNumberProperty("callbacks_failed", score.callbacksFailed());
            for (Api api : Api.values()) {
                json.writeObjectPropertyStart(api.name().toLowerCase(Locale.ROOT));
                writeApi(json, score, api);
                json.writeEndObject();
            }
            writeCounts(json, "answers", score.answers());
            writeCounts(json, "items", score.items());
            writeCounts(json, "faults", score.faults());
            json.writeArrayPropertyStart("violation_texts");
            score.violations().forEach(json::writeString);
            json.writeEndArray();
            json.writeArrayPropertyStart("notes");
            score.notes().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    private static void writeApi(JsonGenerator json, Score score, Api api) {
        long[] arrivals = score.arrivals(api);
        double seconds = arrivals.length < 2 ? 0 : (arrivals[arrivals.length - 1] - arrivals[0]) / 1e9;
        json.writeNumberProperty("calls", score.calls(api));
        json.writeNumberProperty("refused_for_rate", score.refusedForRate(api));
        json.writeNumberProperty("most_in_any_second", score.mostInAnySecond(api));
        json.writeNumberProperty("seconds_first_to_last", seconds);
        json.writeNumberProperty("calls_per_second", seconds == 0 ? 0 : (arrivals.length - 1) / seconds);
    }

    private static void writeCounts(JsonGenerator json, String name, Map<?, Long> counts) {
        json.writeObjectPropertyStart(name);
        counts.forEach((key, count) -> json.writeNumberProperty(String.valueOf(key), count));
        json.writeEndObject();
    }
}
