/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JsonGenerator;

/** How the vendor's SDKs make a UserSig ({@code tls-sig-api-v2}, HMAC-SHA256). */
final class UserSigAlgorithm {

    private UserSigAlgorithm() {}

    static String sign(String secretKey, long sdkAppId, String identifier, long time, long expire) {
        String sig = hmac(
                secretKey,
                "TLS.identifier:" + identifier + "\nTLS.sdkappid:" + sdkAppId + "\nTLS.time:" + time + "\nTLS.expire:"
                        + expire + "\n");
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(256);
        // Closing the stream ends the Deflater, which holds native memory.
        try (JsonGenerator json = Json.generator(new DeflaterOutputStream(compressed))) {
            json.writeStartObject();
            json.writeStringProperty("TLS.ver", "2.0");
            json.writeStringProperty("TLS.identifier", identifier);
            json.writeNumberProperty("TLS.sdkappid", sdkAppId);
            json.writeNumberProperty("TLS.time", time);
            json.writeNumberProperty("TLS.expire", expire);
            json.writeStringProperty("TLS.sig", sig);
            json.writeEndObject();
        }
        return urlAlphabet(Base64.getEncoder().encodeToString(compressed.toByteArray()));
    }

    // The key is used as text: the console shows hex, but the vendor's SDKs do not decode it.
    static String hmac(String secretKey, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    // The vendor's own alphabet, unlike RFC 4648: '-' stands for '/' and '_' is the padding.
    static String urlAlphabet(String base64) {
        return base64.replace('+', '*').replace('/', '-').replace('=', '_');
    }
}
