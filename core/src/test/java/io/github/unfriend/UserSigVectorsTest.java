/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Signatures made by the vendor's own npm package with a frozen clock. Decoded fields are compared and not the text: the
 * vendor's SDKs differ among themselves in member order and compression.
 */
class UserSigVectorsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void computesTheHmac(String name, Map<String, Object> vector) {
        assertThat(UserSigAlgorithm.hmac(string(vector, "key"), string(vector, "hmac_input")))
                .isEqualTo(vector.get("tls_sig"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectorsWithoutUserbuf")
    void signsTheSameFields(String name, Map<String, Object> vector) throws IOException {
        Instant now = Instant.ofEpochMilli(number(vector, "clock_millis"));
        UserSig userSig = Credentials.of(
                        number(vector, "sdkappid"), string(vector, "identifier"), string(vector, "key"))
                .sign(now, Duration.ofSeconds(number(vector, "expire")));
        assertThat(decode(userSig.value())).isEqualTo(vector.get("decoded"));
        assertThat(userSig.value()).matches("[A-Za-z0-9*_-]+");
        assertThat(userSig.issuedAt().toEpochMilli()).isEqualTo(number(vector, "time") * 1000);
        assertThat(userSig.expiresAt().getEpochSecond()).isEqualTo(number(vector, "time") + number(vector, "expire"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void decodesWhatTheVendorMade(String name, Map<String, Object> vector) throws IOException {
        assertThat(decode(string(vector, "usersig"))).isEqualTo(vector.get("decoded"));
    }

    static Stream<Object[]> vectors() throws IOException {
        try (InputStream in = UserSigVectorsTest.class.getResourceAsStream("/usersig-vectors.json");
                JsonParser parser = parser(Objects.requireNonNull(in).readAllBytes())) {
            parser.nextToken();
            Map<?, ?> file = (Map<?, ?>) value(parser);
            List<?> vectors = (List<?>) Objects.requireNonNull(file.get("vectors"));
            assertThat(vectors).hasSize(14);
            return vectors.stream().map(vector -> new Object[] {((Map<?, ?>) vector).get("name"), vector});
        }
    }

    // A userbuf belongs to room keys of another product; this library never sends one, so only its HMAC is compared.
    static Stream<Object[]> vectorsWithoutUserbuf() throws IOException {
        return vectors()
                .filter(row ->
                        !String.valueOf(((Map<?, ?>) row[1]).get("hmac_input")).contains("userbuf"));
    }

    static Object decode(String userSig) throws IOException {
        byte[] compressed = Base64.getDecoder()
                .decode(userSig.replace('*', '+').replace('-', '/').replace('_', '='));
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed));
                JsonParser parser = parser(new String(in.readAllBytes(), UTF_8).getBytes(UTF_8))) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static JsonParser parser(byte[] json) {
        return new JsonFactory().createParser(ObjectReadContext.empty(), json);
    }

    private static Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                members.put(name, value(parser));
            }
            return members;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        return token == JsonToken.VALUE_NUMBER_INT
                ? (Object) parser.getLongValue()
                : String.valueOf(parser.getString());
    }

    private static String string(Map<String, Object> vector, String name) {
        return (String) Objects.requireNonNull(vector.get(name), name);
    }

    private static long number(Map<String, Object> vector, String name) {
        return (Long) Objects.requireNonNull(vector.get(name), name);
    }
}
