package dev.logagent.dist.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./start.sh} on a host with the logs of a system, a web server, an application and containers, of which no
 * configuration names any: each line arrives at the receiver and in RabbitMQ, understood.
 */
final class StartScriptIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VIRTUAL_HOST = "pipeline";
    private static final int SCRIPT_SECONDS = 60;
    private static final int EVENTS = 9;
    private static final String ID = "4c01db0b339c4c01db0b339c4c01db0b339c4c01db0b339c4c01db0b339c4c01";
    private static final String DOCKER = "var/lib/docker/containers/" + ID + "/";

    @TempDir
    Path folder;

    private Path repository = Path.of("");

    /** The scripts, and a program that is newer than any source: nothing has to be built. */
    @BeforeEach
    void copyTheRepository() throws Exception {
        repository = Files.createDirectories(folder.resolve("repository")).toRealPath();
        Files.createDirectories(repository.resolve("agent-dist/target"));
        Files.createDirectories(repository.resolve("scripts"));
        for (String script : List.of("start.sh", "stop.sh", "scripts/common.sh", "pom.xml")) {
            Files.copy(PackagedProgram.repository().resolve(script), repository.resolve(script));
        }
        PackagedProgram.copyTo(repository.resolve("agent-dist/target/log-agent"));
        Files.createFile(repository.resolve("agent-dist/target/log-agent.tar.gz"));
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(script("stop.sh").waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shipsTheLogsOfAHostThatNobodyHasNamedToAReceiverAndToRabbitMq() throws Exception {
        append("var/log/syslog");
        append("var/log/wtmp", "\u0000");
        append(
                DOCKER + "config.v2.json",
                "{\"Name\":\"/cart\",\"Config\":{\"Image\":\"shop/cart:7\",\"Labels\":{\"team\":\"shop\"}}}");
        try (RabbitBroker broker =
                RabbitBroker.start(Files.createDirectory(folder.resolve("broker")), List.of(VIRTUAL_HOST))) {
            declarePipeline(broker);
            try (QueueReader all = new QueueReader(broker, VIRTUAL_HOST, "all_messages");
                    QueueReader errors = new QueueReader(broker, VIRTUAL_HOST, "error_messages")) {
                Process start = script(
                        Map.of("LOG_AGENT_RABBITMQ", RabbitBroker.endPoint(broker.port(), VIRTUAL_HOST)),
                        "start.sh",
                        folder.resolve("var/log").toString(),
                        folder.resolve("opt").toString(),
                        folder.resolve("var/lib/docker/containers").toString());
                // The script's own first line: now each output has looked for what was there before.
                await().atMost(SCRIPT_SECONDS, TimeUnit.SECONDS)
                        .until(() -> !run("received.jsonl").isEmpty()
                                && !all.deliveries().isEmpty());
                writeLines();
                assertThat(start.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(start.exitValue()).as(said("start.sh")).isZero();

                await().untilAsserted(() -> assertThat(received()).hasSize(EVENTS));
                check(received());
                await().untilAsserted(() -> assertThat(ofTheHost(all.events())).hasSize(EVENTS));
                check(ofTheHost(all.events()));
                await().untilAsserted(() -> assertThat(errors.events())
                        .extracting(event -> event.at("/routing_key").asText())
                        .containsExactlyInAnyOrder(
                                "logs.error.nginx", "logs.error.nginx", "logs.error.shop", "logs.error.cart"));
            }
            checkDashboard();
            checkFiles();
        }
    }

    /** What consumers have declared. */
    private static void declarePipeline(RabbitBroker broker) throws Exception {
        try (Connection connection = broker.connect(VIRTUAL_HOST);
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("logs", "topic", true);
            channel.queueDeclare("all_messages", true, false, false, Map.of());
            channel.queueBind("all_messages", "logs", "logs.#");
            channel.queueDeclare("error_messages", true, false, false, Map.of());
            channel.queueBind("error_messages", "logs", "logs.error.*");
        }
    }

    private void append(String path, String... lines) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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
        is(of(events, "Started nginx"), "syslog systemd INFO 2026-11-21T08:00:00.000Z");
        JsonNode login = of(events, "Failed password");
        is(login, "auth sshd WARNING 2026-11-21T08:00:01.000Z");
        assertThat(login.at("/metadata/client_ip").asText()).isEqualTo("198.51.100.23");
        JsonNode access = of(events, "curl/8");
        is(access, "nginx nginx ERROR 2026-11-21T08:00:02.000Z");
        assertThat(access.at("/component").asText()).isEqualTo("access");
        assertThat(access.at("/metadata/status").asInt()).isEqualTo(502);
        JsonNode error = of(events, "connect() failed");
        assertThat(error.at("/service").asText()).isEqualTo("nginx");
        assertThat(error.at("/component").asText()).isEqualTo("error");
        assertThat(error.at("/level").asText()).isEqualTo("ERROR");
        assertThat(error.at("/metadata/client_ip").asText()).isEqualTo("203.0.113.5");
        JsonNode structured = of(events, "slow");
        is(structured, "shop shop WARNING 2026-11-21T08:00:04.000Z");
        assertThat(structured.at("/metadata/trace_id").asText()).isEqualTo("abc");
        JsonNode trace = of(events, "no order");
        is(trace, "shop shop ERROR 2026-11-21T08:00:05.123Z");
        assertThat(trace.at("/raw").asText()).endsWith("App.java:3)");
        assertThat(trace.at("/metadata/exception").asText()).isEqualTo("java.lang.IllegalStateException");
        JsonNode docker = of(events, "no cart");
        is(docker, "cart cart ERROR 2026-11-21T08:00:07.500Z");
        assertThat(docker.at("/metadata/container").asText()).isEqualTo("cart");
        assertThat(docker.at("/metadata/image").asText()).isEqualTo("shop/cart:7");
        assertThat(docker.at("/metadata/label.team").asText()).isEqualTo("shop");
        JsonNode pod = of(events, "ready");
        is(pod, "web web INFO 2026-11-21T08:00:08.000Z");
        assertThat(pod.at("/metadata/pod").asText()).isEqualTo("web-1");
        assertThat(pod.at("/metadata/namespace").asText()).isEqualTo("shop");
    }

    private static void is(JsonNode event, String sourceServiceLevelAndTime) {
        List<String> found = new ArrayList<>();
        List.of("source", "service", "level", "timestamp")
                .forEach(key -> found.add(event.at("/" + key).asText()));
        assertThat(String.join(" ", found)).isEqualTo(sourceServiceLevelAndTime);
    }

    private static JsonNode of(List<JsonNode> events, String text) {
        return events.stream()
                .filter(event -> event.at("/raw").asText().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event holds " + text + ": " + events));
    }

    private List<JsonNode> received() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String event : run("received.jsonl").lines().toList()) {
            events.add(JSON.readTree(event));
        }
        return ofTheHost(events);
    }

    /** Without what the script writes itself. */
    private static List<JsonNode> ofTheHost(List<JsonNode> events) {
        return events.stream()
                .filter(event -> !event.at("/source").asText().equals("own"))
                .toList();
    }

    private void checkDashboard() throws Exception {
        Matcher dashboard = Pattern.compile("dashboard +(http\\S+?)/?\\s").matcher(said("start.sh"));
        assertThat(dashboard.find()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(dashboard.group(1) + "/api/sources"))
                .build();
        JsonNode answer = JSON.readTree(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
        assertThat(answer.at("/sources").findValuesAsText("name"))
                .contains("auth", "cart", "nginx", "own", "shop", "syslog", "web");
        assertThat(answer.at("/inventory").toString()).contains("wtmp", "a record of logins, not text");
    }

    private void checkFiles() throws Exception {
        PackagedProgram program =
                new PackagedProgram(repository.resolve("agent-dist/target/log-agent/bin/log-agent"), repository);
        assertThat(program.run("files", "--config", "run/log-agent.config")).isZero();
        assertThat(program.out()).containsPattern("rabbitmq +nginx +idle .*access.log");
    }

    private Process script(String name, String... arguments) throws IOException {
        return script(Map.of(), name, arguments);
    }

    private Process script(Map<String, String> environment, String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./" + name));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".txt").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("LOG_AGENT_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LOG_AGENT_DASHBOARD_PORT", "0");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What a script has said. */
    private String said(String script) throws IOException {
        return Files.readString(folder.resolve(script + ".txt"));
    }

    /** A file of what was started, empty if it is not there yet. */
    private String run(String file) throws IOException {
        Path path = repository.resolve("run").resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }
}
