package dev.logagent.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"plain\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0041\\u00e4\\u20ac\\ud83d\\ude80\"",
                "\"ä€🚀\"",
                "12.5e3",
                "true"
            })
    void readsValuesAsTheyWereMeant(String json) throws Exception {
        assertThat(plain(json)).isEqualTo(JSON.readTree(json).asText().replace("12500.0", "12.5e3"));
    }

    @Test
    void readsAnyCharacterHoweverItIsEscaped() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            int character = random.nextInt(Character.MAX_CODE_POINT + 1);
            if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
                String text = Character.toString(character);
                StringBuilder escaped = new StringBuilder("\"");
                text.chars().forEach(unit -> escaped.append(String.format("\\u%04x", unit)));
                assertThat(plain(escaped.append('"').toString())).isEqualTo(text);
            }
        }
    }

    @Test
    void replacesHalfCharacters() {
        assertThat(plain("\"\\ud83dx\\ude80\"")).isEqualTo("\ufffdx\ufffd");
    }

    private static String plain(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return JsonText.plain(bytes, 0, bytes.length);
    }
}
