/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A decoded UserSig of the HMAC-SHA256 kind: Base64 with {@code * - _} for {@code + / =} around a zlib stream around a
 * JSON document. Member order and compression level are free, as the vendor's own libraries differ in them.
 */
record UserSig(
        String identifier,
        long sdkAppId,
        long time,
        long expire,
        @Nullable String userBuf,
        String signature) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Real ones inflate to about 250 bytes; this only keeps a bomb out. */
    private static final int MOST_BYTES = 8192;

    /** Null when it is no UserSig at all (70003). */
    static @Nullable UserSig decode(String text) {
        byte[] document;
        try {
            document = inflate(Base64.getDecoder()
                    .decode(text.replace('*', '+').replace('-', '/').replace('_', '=')));
        } catch (IllegalArgumentException | DataFormatException e) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
            return read(parser);
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable UserSig read(JsonParser parser) {
        String version = null;
        String identifier = null;
        String userBuf = null;
        String signature = null;
        long sdkAppId = -1;
        long time = -1;
        long expire = -1;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "TLS.ver" -> version = text(parser, token);
                case "TLS.identifier" -> identifier = text(parser, token);
                case "TLS.userbuf" -> userBuf = text(parser, token);
                case "TLS.sig" -> signature = text(parser, token);
                case "TLS.sdkappid" -> sdkAppId = number(parser, token);
                case "TLS.time" -> time = number(parser, token);
                case "TLS.expire" -> expire = number(parser, token);
                default -> parser.skipChildren();
            }
        }
        if (version == null || identifier == null || signature == null || sdkAppId < 0 || time < 0 || expire < 0) {
            return null;
        }
        return new UserSig(identifier, sdkAppId, time, expire, userBuf, signature);
    }

    private static @Nullable String text(JsonParser parser, @Nullable JsonToken token) {
        return token == JsonToken.VALUE_STRING ? parser.getString() : null;
    }

    private static long number(JsonParser parser, @Nullable JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
    }

    /** Whether the key made this signature; compared in constant time. */
    boolean madeWith(String secretKey) {
        String right = sign(secretKey, identifier, sdkAppId, time, expire, userBuf);
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    boolean expiredAt(long epochSecond) {
        return epochSecond > time + expire;
    }

    static String sign(
            String secretKey, String identifier, long sdkAppId, long time, long expire, @Nullable String userBuf) {
        String document = "TLS.identifier:" + identifier + "\nTLS.sdkappid:" + sdkAppId + "\nTLS.time:" + time
                + "\nTLS.expire:" + expire + "\n" + (userBuf == null ? "" : "TLS.userbuf:" + userBuf + "\n");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(document.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** A UserSig as text, as the vendor's libraries make it. */
    static String issue(String secretKey, String identifier, long sdkAppId, long time, long expire) {
        String signature = sign(secretKey, identifier, sdkAppId, time, expire, null);
        ByteArrayOutputStream document = new ByteArrayOutputStream(256);
        try (JsonGenerator json =
                JSON.createGenerator(ObjectWriteContext.empty(), new DeflaterOutputStream(document))) {
            json.writeStartObject();
            json.writeStringProperty("TLS.ver", "2.0");
            json.writeStringProperty("TLS.identifier", identifier);
            json.writeNumberProperty("TLS.sdkappid", sdkAppId);
            json.writeNumberProperty("TLS.time", time);
            json.writeNumberProperty("TLS.expire", expire);
            json.writeStringProperty("TLS.sig", signature);
            json.writeEndObject();
        }
        return Base64.getEncoder()
                .encodeToString(document.toByteArray())
                .replace('+', '*')
                .replace('/', '-')
                .replace('=', '_');
    }

    private static byte[] inflate(byte[] compressed) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            byte[] document = new byte[MOST_BYTES];
            int length = inflater.inflate(document);
            if (!inflater.finished()) {
                throw new DataFormatException("cut off or too long");
            }
            return Arrays.copyOf(document, length);
        } finally {
            inflater.end();
        }
    }

    /** Shows nothing of the signature. */
    @Override
    public String toString() {
        return "UserSig[" + identifier + ", " + sdkAppId + "]";
    }
}
