package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.logagent.api.option.OptionSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigSchemaTest {

    private final String schema = ConfigSchema.of(new TestTransports());

    @Test
    void isJsonOfTheDraft() throws IOException {
        assertThat(pointers()).contains("/$schema", "/properties/include", "/properties/sources/items/properties/name");
        assertThat(schema).contains("\"https://json-schema.org/draft/2020-12/schema\"");
    }

    @Test
    void hasEveryKeyOfEveryTable() throws IOException {
        List<String> pointers = pointers();
        for (ConfigTables.Section section : ConfigTables.SECTIONS) {
            String table = "/properties/" + section.name() + (section.repeated() ? "/items" : "") + "/properties/";
            assertThat(pointers)
                    .containsAll(section.table().specs().stream()
                            .map(OptionSpec::key)
                            .map(key -> table + key + "/description")
                            .toList());
        }
        assertThat(pointers)
                .contains(
                        "/properties/transport/properties/http/properties/rules/items/properties/when",
                        "/properties/transport/properties/kafka/required");
    }

    @Test
    void givesLimitsWordsAndDefaults() {
        String flat = schema.replaceAll("\\s+", "");

        assertThat(flat)
                .contains("\"anyOf\":[{\"type\":\"integer\",\"minimum\":1,\"maximum\":255}")
                .contains("\"minimum\":0.001")
                .contains("{\"enum\":[\"none\",\"gzip\"]}")
                .contains("\"default\":5.0")
                .contains("\"required\":[\"agent_name\",\"end_point\",\"send_type\"]")
                .contains("\"default\":[\"/var/log\"]");
    }

    /** The path of every field. */
    private List<String> pointers() throws IOException {
        List<String> pointers = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(schema)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    pointers.add(parser.getParsingContext().pathAsPointer().toString());
                }
            }
        }
        return pointers;
    }
}
