package dev.logagent.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.Runs;
import dev.logagent.api.SourceInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BatchJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "2024-01-15T10:30:00.123Z";

    @Test
    void writesThePayloadThatServersOfTheRustAgentExpect() throws IOException {
        Batch batch = new Batch(
                "agent1",
                1,
                List.of(
                        Runs.of("app1", TIME, "2024-01-15 10:30:00 INFO Starting application"),
                        Runs.of("app1", "2024-01-15T10:30:01.456Z", "2024-01-15 10:30:01 INFO Application started"),
                        Runs.of("app2", "2024-01-15T10:30:02.789Z", "2024-01-15 10:30:02 ERROR Connection failed")));
        String expected = """
                {
                  "agentName": "agent1",
                  "sources": [
                    {
                      "sourceName": "app1",
                      "logs": [
                        {
                          "data": "2024-01-15 10:30:00 INFO Starting application",
                          "timestamp": "2024-01-15T10:30:00.123Z"
                        },
                        {
                          "data": "2024-01-15 10:30:01 INFO Application started",
                          "timestamp": "2024-01-15T10:30:01.456Z"
                        }
                      ]
                    },
                    {
                      "sourceName": "app2",
                      "logs": [
                        {
                          "data": "2024-01-15 10:30:02 ERROR Connection failed",
                          "timestamp": "2024-01-15T10:30:02.789Z"
                        }
                      ]
                    }
                  ]
                }
                """;

        // Compared as text, so that the order of the keys counts, too.
        String compact = JSON.readTree(expected).toString();
        assertThat(encode(Format.BATCH, batch)).isEqualTo(compact);
        assertThat(encode(Format.RAW, batch)).isEqualTo(compact);
    }

    @Test
    void addsWhatIsConfiguredAboutTheSourceUnlessRaw() throws IOException {
        SourceInfo source =
                new SourceInfo("app1", "shop", "cart", "host1", "eu", "internal", Map.of("tier", "gold \"1\""));
        Batch batch = new Batch("agent1", 1, List.of(Runs.of(source, TIME, false, "one\n")));

        assertThat(firstLog(Format.BATCH, batch))
                .hasToString(
                        "{\"data\":\"one\",\"timestamp\":\"" + TIME + "\",\"service\":\"shop\",\"component\":\"cart\""
                                + ",\"region\":\"eu\",\"classification\":\"internal\",\"tags\":{\"tier\":\"gold \\\"1\\\"\"}}");
        assertThat(firstLog(Format.RAW, batch)).hasToString("{\"data\":\"one\",\"timestamp\":\"" + TIME + "\"}");
    }

    @Test
    void marksTheLastLineOfAPartialRunOnly() throws IOException {
        LineRun run = Runs.of(SourceInfo.named("app1"), TIME, true, "whole\npie");
        JsonNode logs = JSON.readTree(encode(Format.BATCH, new Batch("agent1", 1, List.of(run))))
                .at("/sources/0/logs");

        assertThat(logs.at("/0/partial").isMissingNode()).isTrue();
        assertThat(logs.at("/1/data").asText()).isEqualTo("pie");
        assertThat(logs.at("/1/partial").asBoolean()).isTrue();
    }

    @Test
    void leavesOutLineEndsOfBothKinds() throws IOException {
        LineRun run = Runs.of(SourceInfo.named("app1"), TIME, false, "unix\ndos\r\nlone\rreturn\n\r\n\n");

        assertThat(JSON.readTree(encode(Format.BATCH, new Batch("agent1", 1, List.of(run))))
                        .at("/sources/0/logs")
                        .findValuesAsText("data"))
                .containsExactly("unix", "dos", "lone\rreturn", "", "");
    }

    private static JsonNode firstLog(Format format, Batch batch) throws IOException {
        return JSON.readTree(encode(format, batch)).at("/sources/0/logs/0");
    }

    private static String encode(Format format, Batch batch) {
        JsonBuffer out = new JsonBuffer(16);
        PayloadEncoder encoder = PayloadEncoder.of(format);
        encoder.encode(batch, out);
        assertThat(encoder.contentType()).isEqualTo("application/json");
        return out.toString();
    }
}
