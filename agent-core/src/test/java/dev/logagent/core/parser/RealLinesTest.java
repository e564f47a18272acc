package dev.logagent.core.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.encode.Rfc3339;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real lines, each after a comment that says where they are from, against what is to be found in them: {@code NAME.log} and
 * {@code NAME.expected.jsonl}, which {@code -DupdateGolden=true} writes anew.
 */
final class RealLinesTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "parsers");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syslog",
                "auth",
                "nginx",
                "apache",
                "docker",
                "cri",
                "json",
                "logfmt",
                "java",
                "python",
                "go",
                "kernel",
                "dpkg",
                "postgresql",
                "rabbitmq",
                "mysql",
                "redis",
                "audit",
                "journald"
            })
    void findsWhatIsInRealLines(String format) throws Exception {
        List<String> found = new ArrayList<>();
        LineRun run =
                Parsing.parser(format, "Europe/Berlin").parse(Parsing.run("/x/y", Parsing.READ_AT, lines(format)));
        for (int i = 0; i < run.count(); i++) {
            found.add(JSON.writeValueAsString(found(new LogEvent(run, i))));
        }
        Path expected = FOLDER.resolve(format + ".expected.jsonl");
        if (Boolean.getBoolean("updateGolden")) {
            Files.write(expected, found);
        }
        assertThat(found).containsExactlyElementsOf(Files.readAllLines(expected));
        assertThat(asPublished(run)).isEmpty();
    }

    /** What is wrong with the events of the run, by the schema that is published for those who read them. */
    private static List<Error> asPublished(LineRun run) throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JSON.readTree(Files.readString(Path.of("..", "docs", "event.schema.json"))));
        JsonBuffer out = new JsonBuffer(1 << 16);
        PayloadEncoder.of(Format.EVENT).encode(new Batch("agent", 1, List.of(run)), out);
        List<Error> errors = new ArrayList<>();
        out.toString().lines().forEach(event -> errors.addAll(schema.validate(event, InputFormat.JSON)));
        return errors;
    }

    @ParameterizedTest
    @EnumSource(names = "ACCESS", mode = EnumSource.Mode.EXCLUDE)
    void findsOutWhichFormatRealLinesAreOf(LogFormat format) throws Exception {
        RunParser parser = Parsing.parser("auto", "UTC");
        LineRun run = Parsing.run("/var/log/" + format.key() + ".log", Parsing.READ_AT, lines(format.key()));

        parser.parse(run);

        assertThat(parser.formatOf(run.file())).isEqualTo(format.key());
    }

    private static String[] lines(String format) throws Exception {
        return Files.readAllLines(FOLDER.resolve(format + ".log")).stream()
                .filter(line -> !line.startsWith("#"))
                .toArray(String[]::new);
    }

    private static Map<String, Object> found(LogEvent event) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("level", event.level());
        if (event.run().hasTimestamp(event.line())) {
            found.put("timestamp", Rfc3339.format(event.timestampMillis()));
        }
        if (!event.message().equals(event.text())) {
            found.put("message", event.message());
        }
        if (!event.service().equals("test")) {
            found.put("service", event.service());
        }
        if (event.component() != null) {
            found.put("component", event.component());
        }
        found.put("metadata", event.metadata());
        return found;
    }
}
