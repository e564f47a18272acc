package dev.logagent.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.FileOrigin;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.ParsedLinesBuilder;
import dev.logagent.api.Runs;
import dev.logagent.api.SourceInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What escaping and UTF-8 care about. */
    private static final byte[] CHOICE = {
        'a', 'b', '"', '\\', '\t', 0, (byte) 0xc3, (byte) 0xa4, (byte) 0xe2, (byte) 0x82, (byte) 0xac, (byte) 0xff
    };

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
    void writesLevelsInLowerCaseWhereThatIsAskedFor() throws IOException {
        JsonBuffer out = new JsonBuffer(16);
        new EventJson("agent1", new EventStyle(LevelCase.LOWER, true))
                .write(new LogEvent(Runs.of("app1", TIME, "WARN hello"), 0), null, out);

        assertThat(JSON.readTree(out.toByteArray()).at("/level").asText()).isEqualTo("warning");
    }

    @Test
    void leavesTheLineAsItWasReadOutWhereThatIsAskedFor() throws IOException {
        JsonBuffer out = new JsonBuffer(16);
        LogEvent event = new LogEvent(Runs.of("app1", TIME, "WARN hello"), 0);
        new EventJson("agent1", new EventStyle(LevelCase.UPPER, false)).write(event, null, out);

        JsonNode written = JSON.readTree(out.toByteArray());
        assertThat(written.has("raw")).isFalse();
        assertThat(written.at("/message").asText()).isEqualTo("WARN hello");
        assertThat(written.at("/source").asText()).isEqualTo("app1");
    }

    @Test
    void writesAnyPartOfALineAsItsMessage() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] line = new byte[random.nextInt(20)];
            for (int i = 0; i < line.length; i++) {
                line[i] = CHOICE[random.nextInt(CHOICE.length)];
            }
            int from = random.nextInt(line.length + 1);
            int to = from + random.nextInt(line.length - from + 1);
            JsonNode event = JSON.readTree(json(new LogEvent(withMessage(line, from, to), 0), null));

            assertThat(event.at("/message").asText())
                    .as("%s from %d to %d", Arrays.toString(line), from, to)
                    .isEqualTo(Utf8Test.decode(line, from, to));
            assertThat(event.at("/raw").asText())
                    .as("%s from %d to %d", Arrays.toString(line), from, to)
                    .isEqualTo(Utf8Test.decode(line, 0, line.length));
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

    /** A line of which a part is the message. */
    private static LineRun withMessage(byte[] line, int from, int to) {
        LineRun run = new LineRun(
                SourceInfo.named("app1"),
                new FileInfo("/app1.log", 1),
                0,
                line,
                new int[] {0, line.length},
                1,
                0,
                true);
        ParsedLinesBuilder found = new ParsedLinesBuilder();
        found.begin(line, 0, line.length);
        found.message(line, from, to);
        return run.parsedAs(found.build(FileOrigin.UNKNOWN));
    }

    private static String json(LogEvent event, @org.jspecify.annotations.Nullable String routingKey) {
        JsonBuffer out = new JsonBuffer(16);
        new EventJson("agent1").write(event, routingKey, out);
        return out.toString();
    }
}
