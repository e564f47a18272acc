package dev.logagent.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.Runs;
import dev.logagent.api.SourceInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "2024-01-15T10:30:00.123Z";

    @Test
    void writesEverythingKnownInAFixedOrder() {
        SourceInfo source = new SourceInfo("app1", "shop", "cart", "host1", "eu", "internal", Map.of("tier", "gold"));
        LineRun run = Runs.of(source, TIME, true, "first\nERROR no \"way\"");

        assertThat(json(new LogEvent(run, 1), "logs.error.shop"))
                .isEqualTo("{\"id\":\"0000000000000a31-6\",\"timestamp\":\"" + TIME + "\",\"detected_at\":\"" + TIME
                        + "\",\"level\":\"ERROR\",\"message\":\"ERROR no \\\"way\\\"\""
                        + ",\"raw\":\"ERROR no \\\"way\\\"\",\"source\":\"app1\",\"service\":\"shop\""
                        + ",\"component\":\"cart\",\"agent\":\"agent1\",\"host\":\"host1\",\"region\":\"eu\",\"classification\":\"internal\""
                        + ",\"file\":\"/var/log/app1.log\",\"offset\":6,\"routing_key\":\"logs.error.shop\""
                        + ",\"metadata\":{\"tier\":\"gold\",\"partial\":true}}");
    }

    @Test
    void leavesOutWhatIsNotKnown() throws IOException {
        JsonNode event = JSON.readTree(json(new LogEvent(Runs.of("app1", TIME, "hello"), 0), null));

        assertThat(event.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "timestamp",
                        "detected_at",
                        "level",
                        "message",
                        "raw",
                        "source",
                        "service",
                        "agent",
                        "file",
                        "offset",
                        "metadata");
        assertThat(event.at("/service").asText()).isEqualTo("app1");
        assertThat(event.at("/level").asText()).isEqualTo("INFO");
        assertThat(event.at("/metadata").isEmpty()).isTrue();
    }

    @Test
    void givesTheEventTheIdThatTheApiNames() throws IOException {
        LineRun run = Runs.of("app1", TIME, "one", "two");

        for (LogEvent event : new Batch("agent1", 1, List.of(run)).events()) {
            assertThat(JSON.readTree(json(event, null)).at("/id").asText()).isEqualTo(event.id());
        }
    }

    @Test
    void writesABatchAsOneEventALine() throws IOException {
        JsonBuffer out = new JsonBuffer(16);
        PayloadEncoder encoder = PayloadEncoder.of(Format.EVENT);
        encoder.encode(new Batch("agent1", 1, List.of(Runs.of("app1", TIME, "one", "tw\u0000o"))), out);

        assertThat(encoder.contentType()).isEqualTo("application/x-ndjson");
        assertThat(out.toString().lines()).hasSize(2);
        try (MappingIterator<JsonNode> events = JSON.readerFor(JsonNode.class).readValues(out.toByteArray())) {
            assertThat(events.readAll())
                    .extracting(event -> event.at("/raw").asText())
                    .containsExactly("one", "tw\u0000o");
        }
    }

    private static String json(LogEvent event, @org.jspecify.annotations.Nullable String routingKey) {
        JsonBuffer out = new JsonBuffer(16);
        EventJson.write(event, "agent1", routingKey, out);
        return out.toString();
    }
}
