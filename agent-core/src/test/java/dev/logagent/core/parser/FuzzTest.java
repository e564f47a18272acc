package dev.logagent.core.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a line holds, every parser comes back, what it says is JSON, and the line itself is not lost. */
final class FuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SourceInfo SOURCE =
            new SourceInfo("test", null, null, "h", null, null, Map.of("pid", "tag", "ö", "\""));
    private static final byte[] SPICE =
            "\"\\[]{}<>:=,; -/.\t\r\n\0%'()0123456789TZabcINFO\u00e4".getBytes(StandardCharsets.UTF_8);

    private static final String[] PATTERNS = {
        "^(?P<time>\\S+ \\S+) (?P<level>\\w+) *(?P<message>.*)$", "(?i)(?P<thing>(a|b)+).(?P<status>\\d+)?"
    };

    static List<String> parsers() {
        return Parsers.names().stream().filter(name -> !name.equals("plain")).toList();
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void survivesAnything(String parser) throws Exception {
        List<byte[]> seeds = seeds();
        Random random = new Random(parser.hashCode());
        String[] patterns = parser.equals("regex") ? PATTERNS : new String[0];
        RunParser parsing = Parsing.parser(parser, "Europe/Berlin", patterns);
        for (int round = 0; round < 150; round++) {
            byte[][] lines = new byte[20][];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = mutated(seeds.get(random.nextInt(seeds.size())), random);
            }
            LineRun run = parsing.parse(run(lines));
            check(run);
            assertThat(IntStream.range(0, run.count())
                            .filter(i -> "plain"
                                    .equals(new LogEvent(run, i).metadata().get("parser")))
                            .count())
                    .as("lines that go out whole are counted")
                    .isEqualTo(parsing.unparsed());
        }
    }

    /** What repeats without an end takes a parser no longer than its length. */
    @ParameterizedTest
    @MethodSource("parsers")
    void comesBackFromLongLines(String parser) throws Exception {
        String[] patterns = parser.equals("regex") ? PATTERNS : new String[0];
        RunParser parsing = Parsing.parser(parser, "Europe/Berlin", patterns);
        for (String[] shape : LONG) {
            StringBuilder line = new StringBuilder(shape[0]);
            for (int i = 0; line.length() < 100_000; i++) {
                line.append(shape[1].replace("#", Integer.toString(i)));
            }
            LineRun run = parsing.parse(
                    run(new byte[][] {line.append(shape[2]).toString().getBytes(StandardCharsets.UTF_8)}));
            assertThat(new LogEvent(run, 0).text()).hasSameSizeAs(line);
        }
    }

    private static final String[][] LONG = {
        {"", "k#=v ", ""},
        {"{\"msg\":\"x\"", ",\"k#\":#", "}"},
        {"{\"a\":", "{\"a\":", ""},
        {"{\"log\":{\"x\":1", ",\"level\":\"no\"", "}}"},
        {"", "[", ""},
        {"", "\\\"", ""},
        {"", "a.", ": x"},
        {"2026-11-21 10:00:00,123 INFO ", "[x] ", "end"},
        {"2026-11-21 10:00:00 ", "- ", "INFO - x"},
        {"<13>1 2026-11-21T10:00:00Z h a 1 - [", "b k#=\"v\" ", "] x"},
        {"Nov 21 10:00:00 h sshd[7]: pam_unix(sshd:auth): authentication failure; ", "user=# ", ""},
        {"Nov 21 10:00:00 h sudo: a : ", "TTY=# ; ", "COMMAND=x"},
        {"2026/11/21 10:00:00 [error] 1#1: *5 x, client: 1", ", host: \"#\"", ""},
        {"2026/11/21 10:00:00 [error] 1#1: *5 x, client: 1", ", a: \"", ""},
        {"[Sat Nov 21 10:00:00 2026] [error] ", "[client #] ", "x"},
        {"1.2.3.4 - ", "x [", "10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 1"},
        {"6,339,5140900,-;x", "\n K#=v", ""},
        {"{\"MESSAGE\":[1", ",1", "],\"__REALTIME_TIMESTAMP\":\"1763625600123456\"}"},
    };

    private static void check(LineRun run) throws Exception {
        JsonBuffer out = new JsonBuffer(4096);
        PayloadEncoder.of(Format.EVENT).encode(new Batch("agent", 1, List.of(run)), out);
        List<String> written = out.toString().lines().toList();
        assertThat(written).hasSize(run.count());
        for (int i = 0; i < run.count(); i++) {
            LogEvent event = new LogEvent(run, i);
            JsonNode json = JSON.readTree(written.get(i));
            assertThat(json.at("/raw").asText()).isEqualTo(event.text());
            assertThat(json.at("/message").asText()).isEqualTo(event.message());
            assertThat(json.at("/service").asText()).isEqualTo(event.service());
            assertThat(json.at("/metadata").size()).isEqualTo(event.metadata().size());
        }
        out.clear();
        PayloadEncoder.of(Format.BATCH).encode(new Batch("agent", 1, List.of(run.detached())), out);
        JsonNode logs = JSON.readTree(out.toByteArray()).at("/sources/0/logs");
        for (int i = 0; i < run.count(); i++) {
            assertThat(logs.path(i).path("data").asText()).isEqualTo(new LogEvent(run, i).text());
        }
    }

    private static List<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "parsers"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(file).forEach(line -> seeds.add(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return seeds;
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] line = seed.clone();
        for (int changes = random.nextInt(6); changes > 0 && line.length > 0; changes--) {
            int at = random.nextInt(line.length);
            switch (random.nextInt(4)) {
                case 0 -> line[at] = (byte) random.nextInt(256);
                case 1 -> line[at] = SPICE[random.nextInt(SPICE.length)];
                case 2 -> line = Arrays.copyOf(line, at);
                default -> {
                    byte[] longer = Arrays.copyOf(line, line.length + 1);
                    System.arraycopy(line, at, longer, at + 1, line.length - at);
                    longer[at] = SPICE[random.nextInt(SPICE.length)];
                    line = longer;
                }
            }
        }
        return line;
    }

    private static LineRun run(byte[][] lines) {
        int[] starts = new int[lines.length + 1];
        for (int i = 0; i < lines.length; i++) {
            starts[i + 1] = starts[i] + lines[i].length + 1;
        }
        byte[] block = new byte[starts[lines.length]];
        for (int i = 0; i < lines.length; i++) {
            System.arraycopy(lines[i], 0, block, starts[i], lines[i].length);
            block[starts[i + 1] - 1] = '\n';
        }
        return new LineRun(SOURCE, new FileInfo("/x", 1), 1_763_726_400_000L, block, starts, lines.length, 0, false);
    }
}
