package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.testkit.CollectorServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of several programs, from the files to the receiver, without a word about their formats. */
final class ParsingIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void findsOutFormatsAndSendsWhatIsInTheLines() throws Exception {
        write(
                "nginx/access.log",
                "203.0.113.5 - - [20/Nov/2026:08:00:00 +0000] \"GET /api/items?id=7 HTTP/1.1\" 404 153 \"-\" \"curl/7.88.1\"");
        write(
                "java/shop.log",
                "2026-11-20 08:00:00.123 [main] ERROR com.example.App - no order",
                "java.lang.IllegalStateException: empty",
                "\tat com.example.App.main(App.java:3)",
                "2026-11-20 08:00:01.000 [main] INFO  com.example.App - going on");
        write(
                "json/app.log",
                "{\"time\":\"2026-11-20T08:00:00Z\",\"level\":\"warn\",\"msg\":\"slow\",\"took\":3,\"trace_id\":\"abc\"}");
        write(
                "pods/default_web-1_42/web/0.log",
                "2026-11-20T08:00:00.123456789Z stderr F {\"level\":\"error\",\"msg\":\"no\"}");

        List<JsonNode> events = deliver("event", "");

        JsonNode access = event(events, "nginx", 0);
        assertThat(access.at("/level").asText()).isEqualTo("WARNING");
        assertThat(access.at("/timestamp").asText()).isEqualTo("2026-11-20T08:00:00.000Z");
        assertThat(access.at("/metadata/status").isInt()).isTrue();
        assertThat(access.at("/metadata/path").asText()).isEqualTo("/api/items?id=7");
        JsonNode failure = event(events, "java", 0);
        assertThat(failure.at("/raw").asText()).contains("empty\n\tat com");
        assertThat(failure.at("/level").asText()).isEqualTo("ERROR");
        assertThat(failure.at("/timestamp").asText()).isEqualTo("2026-11-20T07:00:00.123Z");
        assertThat(failure.at("/metadata/exception").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(event(events, "java", 1).at("/message").asText()).isEqualTo("going on");
        JsonNode structured = event(events, "json", 0);
        assertThat(structured.at("/message").asText()).isEqualTo("slow");
        assertThat(structured.at("/metadata/took").asInt()).isEqualTo(3);
        assertThat(structured.at("/metadata/trace_id").asText()).isEqualTo("abc");
        JsonNode container = event(events, "pods", 0);
        assertThat(container.at("/service").asText()).isEqualTo("web");
        assertThat(container.at("/level").asText()).isEqualTo("ERROR");
        assertThat(container.at("/metadata/pod").asText()).isEqualTo("web-1");
        assertThat(container.at("/metadata/stream").asText()).isEqualTo("stderr");
    }

    @Test
    void addsNothingToABatchUnlessAParserIsNamed() throws Exception {
        write("nginx/access.log", "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 2326");
        write("java/shop.log", "2026-11-20 08:00:00.123 [main] ERROR com.example.App - no order");
        write("json/app.log", "{\"level\":\"warn\",\"msg\":\"slow\"}");

        JsonNode sources = deliver("batch", "parser = \"json\"").get(0).at("/sources");

        for (JsonNode source : sources) {
            boolean parsed = source.at("/sourceName").asText().equals("json");
            assertThat(source.at("/logs/0/level").asText()).isEqualTo(parsed ? "WARNING" : "");
            assertThat(source.at("/logs/0").size()).isEqualTo(parsed ? 5 : 2);
        }
    }

    private void write(String file, String... lines) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, List.of(lines));
    }

    private List<JsonNode> deliver(String format, String forJson) throws Exception {
        try (CollectorServer collector = CollectorServer.start()) {
            Files.writeString(
                    folder.resolve("log-agent.config"), """
                    [global]
                    agent_name = "test"
                    end_point = "%s"
                    send_type = "HTTP"
                    state_dir = "state"
                    format = "%s"
                    [[sources]]
                    name = "nginx"
                    log_path = "nginx/*.log"
                    [[sources]]
                    name = "java"
                    log_path = "java/*.log"
                    multiline = "java"
                    timezone = "Europe/Berlin"
                    [[sources]]
                    name = "json"
                    log_path = "json/*.log"
                    %s
                    [[sources]]
                    name = "pods"
                    log_path = "pods/*/*/*.log"
                    """.formatted(collector.url("/log"), format, forJson));
            try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
                assertThat(agent.exitCode()).as(agent::output).isZero();
            }
            List<JsonNode> received = new ArrayList<>();
            for (var request : collector.requests()) {
                for (String line : new String(request.body(), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    received.add(JSON.readTree(line));
                }
            }
            return received.stream().filter(this::holdsLines).toList();
        }
    }

    private boolean holdsLines(JsonNode payload) {
        return payload.has("raw") || payload.at("/sources/0/logs/0").has("data");
    }

    private static JsonNode event(List<JsonNode> events, String source, int index) {
        return events.stream()
                .filter(event -> event.at("/source").asText().equals(source))
                .toList()
                .get(index);
    }
}
