package dev.logagent.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.logagent.api.Batch;
import dev.logagent.api.Field;
import dev.logagent.api.FileInfo;
import dev.logagent.api.FileOrigin;
import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.ParsedLinesBuilder;
import dev.logagent.api.SourceInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the encoders write against the schemas that are published for those who read it. */
final class SchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCS = Path.of("..", "docs");

    private static final SourceInfo BARE = SourceInfo.named("app1");
    private static final SourceInfo FULL = new SourceInfo(
            "app2", "shop", "cart", "host1", "eu-west", "internal", Map.of("team", "blue", "a \"tag\"", "ä\n"));

    private static final List<String> LINES = List.of(
            "plain",
            "",
            "2026-01-31 23:59:59 ERROR quote \" backslash \\ tab \t null \u0000 escape \u001b\r",
            "äöü € \uD83D\uDE80 \u2028",
            "end");

    private static final byte[] TEXT = bytes(String.join("\n", LINES));

    private static final byte[] NOT_UTF8 = {'x', (byte) 0xff, (byte) 0xc3, '\n', (byte) 0xe2, (byte) 0x82};

    private static final List<LineRun> RUNS = List.of(
            run(BARE, TEXT, true, 0, 0L),
            run(FULL, TEXT, false, 1_767_225_599_999L, 1L << 40),
            run(FULL, NOT_UTF8, true, 253_402_300_799_999L, 7),
            parsed(run(BARE, TEXT, false, 0, 0L)));

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "RAW"})
    void batchesAreAsPublished(Format format) throws Exception {
        for (List<LineRun> runs : List.of(RUNS, RUNS.subList(0, 1), RUNS.subList(1, 3), RUNS.subList(3, 4))) {
            String written = encode(format, new Batch("agent \"1\"", 1, runs));

            assertThat(errors("batch", written)).isEmpty();
            assertDocumented(JSON.readTree(written), read("batch"), read("batch"));
        }
    }

    @Test
    void eventsAreAsPublished() throws Exception {
        List<String> lines =
                encode(Format.EVENT, new Batch("agent1", 1, RUNS)).lines().toList();

        assertThat(lines).hasSize(17);
        for (String written : lines) {
            assertThat(errors("event", written)).describedAs(written).isEmpty();
            assertDocumented(JSON.readTree(written), read("event"), read("event"));
        }
    }

    @Test
    void eventsWithARoutingKeyAreAsPublished() throws Exception {
        JsonBuffer out = new JsonBuffer(100);
        new EventJson("agent1").write(new LogEvent(RUNS.get(1), 0), "logs.info.shop", out);

        assertThat(errors("event", out.toString())).isEmpty();
        assertDocumented(JSON.readTree(out.toString()), read("event"), read("event"));
    }

    @Test
    void theSchemaNamesEveryLevel() throws Exception {
        List<String> levels = new ArrayList<>();
        read("event").at("/properties/level/enum").forEach(level -> levels.add(level.asText()));

        Stream<String> upper = Arrays.stream(Level.values()).map(Level::name);
        Stream<String> lower =
                Arrays.stream(Level.values()).map(level -> level.name().toLowerCase(Locale.ROOT));
        assertThat(levels).containsExactlyElementsOf(Stream.concat(upper, lower).toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "EVENT"})
    void levelsInLowerCaseAreAsPublished(Format format) throws Exception {
        JsonBuffer out = new JsonBuffer(1_000);
        PayloadEncoder.of(format, new EventStyle(LevelCase.LOWER, false))
                .encode(new Batch("agent1", 1, RUNS.subList(3, 4)), out);

        assertThat(out.toString()).contains("\"level\":\"error\"").doesNotContain("\"level\":\"ERROR\"");
        for (String written : out.toString().lines().toList()) {
            assertThat(errors(format.name().toLowerCase(Locale.ROOT), written)).isEmpty();
        }
    }

    @Test
    void aBatchWithTheWebSocketEnvelopeIsAsPublished() throws Exception {
        assertThat(errors("batch", "{\"batchId\":\"00ff\",\"batchNumber\":0,\"agentName\":\"agent1\",\"sources\":[]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"agentName\":\"a\"}",
                "{\"agentName\":\"a\",\"sources\":[{\"sourceName\":\"s\",\"logs\":[]}]}",
                "{\"agentName\":\"a\",\"sources\":[{\"sourceName\":\"s\",\"logs\":[{\"data\":\"d\"}]}]}",
                "{\"agentName\":\"a\",\"sources\":[{\"sourceName\":\"s\",\"logs\":[{\"data\":1,"
                        + "\"timestamp\":\"2026-01-31T23:59:59.999Z\"}]}]}",
                "{\"agentName\":\"a\",\"sources\":[{\"sourceName\":\"s\",\"logs\":[{\"data\":\"d\","
                        + "\"timestamp\":\"2026-01-31T23:59:59Z\"}]}]}",
                "{\"agentName\":\"a\",\"sources\":[{\"sourceName\":\"s\",\"logs\":[{\"data\":\"d\","
                        + "\"timestamp\":\"2026-13-31T23:59:59.999Z\"}]}]}"
            })
    void whatIsNoBatchIsNotAsPublished(String text) throws Exception {
        assertThat(errors("batch", text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "timestamp", "level", "message", "source", "service", "agent", "file", "offset"})
    void anEventWithoutARequiredMemberIsNotAsPublished(String member) throws Exception {
        String line = encode(Format.EVENT, new Batch("agent1", 1, RUNS))
                .lines()
                .findFirst()
                .orElseThrow();
        ObjectNode event = (ObjectNode) JSON.readTree(line);
        event.remove(member);

        assertThat(errors("event", event.toString())).isNotEmpty();
    }

    private static String encode(Format format, Batch batch) {
        JsonBuffer out = new JsonBuffer(1_000);
        PayloadEncoder.of(format).encode(batch, out);
        return out.toString();
    }

    private static List<Error> errors(String schemaName, String text) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read(schemaName));
        return schema.validate(
                text,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    /** Readers may ignore members they do not know, but the agent writes none that the schema does not explain. */
    private static void assertDocumented(JsonNode value, JsonNode schema, JsonNode root) {
        String reference = schema.path("$ref").asText();
        JsonNode actual = reference.isEmpty() ? schema : root.at(reference.substring(1));
        if (value.isArray()) {
            value.forEach(element -> assertDocumented(element, actual.path("items"), root));
        } else if (value.isObject() && actual.path("additionalProperties").isMissingNode()) {
            value.properties().forEach(member -> {
                assertThat(actual.path("properties").has(member.getKey()))
                        .describedAs("'%s' is in the schema", member.getKey())
                        .isTrue();
                assertDocumented(member.getValue(), actual.path("properties").path(member.getKey()), root);
            });
        }
    }

    private static JsonNode read(String schemaName) throws IOException {
        return JSON.readTree(Files.readString(DOCS.resolve(schemaName + ".schema.json")));
    }

    private static LineRun run(SourceInfo source, byte[] block, boolean partial, long atMillis, long blockOffset) {
        int[] starts = new int[block.length + 1];
        int count = 0;
        for (int i = 0; i < block.length; i++) {
            if (block[i] == '\n') {
                starts[++count] = i + 1;
            }
        }
        if (starts[count] < block.length) {
            starts[++count] = block.length;
        }
        FileInfo file = new FileInfo(
                "/var/log/" + source.name() + ".log", -source.name().hashCode());
        return new LineRun(source, file, atMillis, block, starts, count, blockOffset, partial);
    }

    /** As if a parser had found everything in each line. */
    private static LineRun parsed(LineRun run) {
        ParsedLinesBuilder found = new ParsedLinesBuilder();
        byte[] value = bytes("a \"value\"");
        byte[] json = bytes("{\"a\":[1,\"\\n\"]}");
        for (int line = 0; line < run.count(); line++) {
            found.begin(run.bytes(line), run.start(line), run.end(line));
            found.level(Level.ERROR).time(1_767_225_599_999L);
            found.message(run.bytes(line), run.start(line), run.end(line));
            found.service(value, 0, value.length).component(value, 0, value.length);
            found.number(Field.STATUS, bytes("404"), 0, 3).text(Field.PATH, value, 0, value.length);
            found.json(bytes("own"), 0, 3, json, 0, json.length);
        }
        return run.parsedAs(found.build(new FileOrigin("origin", Map.of("pod", "web-1"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
