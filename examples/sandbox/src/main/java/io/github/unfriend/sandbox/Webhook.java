/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Posts {@code Sns.CallbackFriendDelete}: 2 s for the answer, no second try, as the vendor does by default. */
final class Webhook {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String COMMAND = "Sns.CallbackFriendDelete";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final String url;
    private final @Nullable String token;
    private final long sdkAppId;
    private final Clock clock;
    private final ConnectionProvider connections;
    private final HttpClient client;

    Webhook(SandboxOptions options, URI url, LoopResources loops) {
        this.url = url.toString();
        this.token = options.callbackToken();
        this.sdkAppId = options.sdkAppId();
        this.clock = Clock.offset(options.clock(), options.clockSkew());
        this.connections = ConnectionProvider.builder("sandbox-callback")
                .maxConnections(16)
                .pendingAcquireMaxCount(10_000)
                .pendingAcquireTimeout(TIMEOUT)
                .build();
        this.client = HttpClient.create(connections)
                .runOn(loops)
                .headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json"));
        sign(0);
    }

    /** The pairs lie flat: From_Account, To_Account, From_Account and so on. Returns at once. */
    void fire(List<String> pairs, Tally tally) {
        client.post()
                .uri(uri(Math.floorDiv(clock.millis(), 1000L)))
                .send(ByteBufMono.fromString(Mono.fromSupplier(() -> body(pairs))))
                .responseSingle((response, content) -> content.asByteArray()
                        .then()
                        .thenReturn(response.status().code()))
                .timeout(TIMEOUT)
                .subscribe(
                        status -> (status == 200 ? tally.callbacksSent : tally.callbacksFailed).increment(),
                        error -> tally.callbacksFailed.increment());
    }

    private String uri(long requestTime) {
        QueryStringEncoder query = new QueryStringEncoder("");
        query.addParam("SdkAppid", Long.toString(sdkAppId));
        query.addParam("CallbackCommand", COMMAND);
        query.addParam("contenttype", "json");
        query.addParam("ClientIP", "127.0.0.1");
        query.addParam("OptPlatform", "RESTAPI");
        if (token != null) {
            query.addParam("Sign", sign(requestTime));
            query.addParam("RequestTime", Long.toString(requestTime));
        }
        // The encoder would begin a second query behind one that the URL already has.
        return url + (url.indexOf('?') < 0 ? "?" : "&") + query.toString().substring(1);
    }

    private String sign(long requestTime) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((token + requestTime).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String body(List<String> pairs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 40 * pairs.size());
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("CallbackCommand", COMMAND);
            json.writeArrayPropertyStart("PairList");
            for (int i = 0; i < pairs.size(); i += 2) {
                json.writeStartObject();
                json.writeStringProperty("From_Account", pairs.get(i));
                json.writeStringProperty("To_Account", pairs.get(i + 1));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    Mono<Void> dispose() {
        return connections.disposeLater();
    }
}
