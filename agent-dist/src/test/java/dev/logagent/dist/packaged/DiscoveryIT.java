package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the seed asks of a collector: the logs of a host, of which the configuration names none. */
final class DiscoveryIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "4c01db0b339c4c01db0b339c4c01db0b339c4c01db0b339c4c01db0b339c4c01";
    private static final String DOCKER = "var/lib/docker/containers/" + ID + "/";

    @TempDir
    Path folder;

    private void append(String path, String... lines) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void configure(CollectorServer collector) throws IOException {
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                format = "event"
                interval_secs = 0.1
                state_dir = "state"
                [discovery]
                scan_paths = ["var/log", "opt/*/logs"]
                container_paths = "var/lib/docker/containers/*"
                [dashboard]
                listen = "127.0.0.1:0"
                """.formatted(collector.url("/log")));
    }

    private static List<JsonNode> events(CollectorServer collector) {
        return collector.requests().stream()
                .flatMap(request -> new String(request.body(), StandardCharsets.UTF_8).lines())
                .map(DiscoveryIT::read)
                .filter(event -> event.has("raw"))
                .toList();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode of(List<JsonNode> events, String message) {
        return events.stream()
                .filter(event -> event.at("/raw").asText().contains(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event holds " + message + ": " + events));
    }

    private static void is(JsonNode event, String source, String service, String level, String time) {
        assertThat(List.of("source", "service", "level", "timestamp"))
                .extracting(key -> event.at("/" + key).asText())
                .containsExactly(source, service, level, time);
    }

    @Test
    void readsTheLogsOfAHostThatNobodyHasNamed() throws Exception {
        append("var/log/syslog");
        append("var/log/wtmp", "\u0000");
        append(
                DOCKER + "config.v2.json",
                "{\"Name\":\"/cart\",\"Config\":{\"Image\":\"shop/cart:7\",\"Labels\":{\"team\":\"shop\"}}}");
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector);
            try (AgentProcess agent = AgentProcess.start(folder)) {
                agent.awaitLog("discovered 1 logs of 1 sources");
                agent.awaitLog("following \\S+syslog");
                writeLines();
                await().untilAsserted(() -> assertThat(events(collector)).hasSize(9));
                check(events(collector));
                checkDashboard(agent);
            }
        }
    }

    private void writeLines() throws IOException {
        append("var/log/syslog", "2026-11-21T08:00:00.000001+00:00 web1 systemd[1]: Started nginx.service.");
        append(
                "var/log/auth.log",
                "2026-11-21T08:00:01+00:00 web1 sshd[12]: Failed password for invalid user admin from 198.51.100.23 port 40022 ssh2");
        append(
                "var/log/nginx/access.log",
                "203.0.113.5 - - [21/Nov/2026:08:00:02 +0000] \"GET /api?id=7 HTTP/1.1\" 502 157 \"-\" \"curl/8\"");
        append(
                "var/log/nginx/error.log",
                "2026/11/21 08:00:03 [error] 11#11: *6 connect() failed (111: Connection refused) while connecting to"
                        + " upstream, client: 203.0.113.5, server: , request: \"GET /api HTTP/1.1\", host: \"example.com\"");
        append(
                "opt/shop/logs/app.json",
                "{\"time\":\"2026-11-21T08:00:04Z\",\"level\":\"warn\",\"msg\":\"slow\",\"trace_id\":\"abc\"}");
        append(
                "opt/shop/logs/server.log",
                "2026-11-21T08:00:05.123Z ERROR [main] shop.App - no order",
                "java.lang.IllegalStateException: empty",
                "\tat shop.App.main(App.java:3)",
                "2026-11-21T08:00:06.000Z INFO [main] shop.App - going on");
        append(
                DOCKER + ID + "-json.log",
                "{\"log\":\"level=error msg=\\\"no cart\\\"\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T08:00:07.5Z\"}");
        append(
                "var/log/pods/shop_web-1_uid/web/0.log",
                "2026-11-21T08:00:08.000000000Z stdout F {\"level\":\"info\",\"msg\":\"ready\"}");
    }

    private static void check(List<JsonNode> events) {
        is(of(events, "Started nginx"), "syslog", "systemd", "INFO", "2026-11-21T08:00:00.000Z");
        JsonNode login = of(events, "Failed password");
        assertThat(login.at("/source").asText()).isEqualTo("auth");
        assertThat(login.at("/service").asText()).isEqualTo("sshd");
        assertThat(login.at("/metadata/client_ip").asText()).isEqualTo("198.51.100.23");
        JsonNode access = of(events, "curl/8");
        is(access, "nginx", "nginx", "ERROR", "2026-11-21T08:00:02.000Z");
        assertThat(access.at("/component").asText()).isEqualTo("access");
        assertThat(access.at("/metadata/status").asInt()).isEqualTo(502);
        JsonNode error = of(events, "connect() failed");
        assertThat(error.at("/service").asText()).isEqualTo("nginx");
        assertThat(error.at("/component").asText()).isEqualTo("error");
        assertThat(error.at("/level").asText()).isEqualTo("ERROR");
        JsonNode structured = of(events, "slow");
        is(structured, "shop", "shop", "WARNING", "2026-11-21T08:00:04.000Z");
        assertThat(structured.at("/metadata/trace_id").asText()).isEqualTo("abc");
        JsonNode trace = of(events, "no order");
        is(trace, "shop", "shop", "ERROR", "2026-11-21T08:00:05.123Z");
        assertThat(trace.at("/raw").asText()).endsWith("App.java:3)");
        assertThat(trace.at("/metadata/exception").asText()).isEqualTo("java.lang.IllegalStateException");
        JsonNode docker = of(events, "no cart");
        is(docker, "cart", "cart", "ERROR", "2026-11-21T08:00:07.500Z");
        assertThat(docker.at("/metadata/container").asText()).isEqualTo("cart");
        assertThat(docker.at("/metadata/image").asText()).isEqualTo("shop/cart:7");
        assertThat(docker.at("/metadata/label.team").asText()).isEqualTo("shop");
        JsonNode pod = of(events, "ready");
        is(pod, "web", "web", "INFO", "2026-11-21T08:00:08.000Z");
        assertThat(pod.at("/metadata/pod").asText()).isEqualTo("web-1");
        assertThat(pod.at("/metadata/namespace").asText()).isEqualTo("shop");
    }

    private static void checkDashboard(AgentProcess agent) throws Exception {
        Matcher dashboard = Pattern.compile("dashboard - on (http\\S+?)/?\\s").matcher(agent.output());
        assertThat(dashboard.find()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(dashboard.group(1) + "/api/sources"))
                .build();
        await().untilAsserted(() -> {
            JsonNode answer = read(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
            assertThat(answer.at("/sources").findValuesAsText("name"))
                    .contains("auth", "cart", "nginx", "shop", "syslog", "web");
            assertThat(answer.at("/inventory").toString()).contains("wtmp", "a record of logins, not text");
        });
    }

    @Test
    void showsWhatItFindsAndWhyItLeavesTheRestAlone() throws Exception {
        append("var/log/nginx/error.log", "2026/11/21 08:00:03 [error] 11#11: *6 no");
        append("var/log/core.log", "\u0000");
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector);
            String shown = AgentProcess.run(folder, "sources");
            String all = AgentProcess.run(folder, "sources", "--json");

            assertThat(shown).containsPattern("nginx +web +nginx +followed +41 +\\S+/var/log/nginx/error.log");
            assertThat(shown).contains("1 more are skipped or rotated").endsWith("exit code 0");
            assertThat(all).contains("\"reason\":\"binary\"").contains("\"component\":\"error\"");
        }
    }
}
