package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs may ask the packaged agent: figures, metrics, health. */
final class DashboardIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private CollectorServer destination;

    @BeforeEach
    void start() throws IOException {
        destination = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        destination.close();
    }

    private DashboardProcess running() throws IOException {
        DashboardProcess.configure(folder, destination.url("/log"), "listen = '127.0.0.1:0'");
        return DashboardProcess.running(folder);
    }

    private void write(String name, String... lines) throws IOException {
        DashboardProcess.write(folder.resolve(name), lines);
    }

    private static JsonNode stats(DashboardProcess dashboard) {
        try {
            return dashboard.json("/api/stats").get("stats");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tellsEverythingThatItCounts() throws Exception {
        write("app.log", "one", "two", "three");
        try (DashboardProcess dashboard = running()) {
            await().atMost(PATIENCE)
                    .until(() -> stats(dashboard).at("/sender/events_delivered").asInt() == 3
                            && stats(dashboard).at("/monitor/lag_bytes").asInt() == 0);

            JsonNode stats = stats(dashboard);
            assertThat(stats.fieldNames()).toIterable().contains("discovery", "monitor", "batch", "sender", "health");
            assertThat(stats.at("/monitor/lines_read").asInt()).isEqualTo(3);
            assertThat(stats.at("/monitor/bytes_read").asInt()).isEqualTo(14);
            assertThat(stats.at("/monitor/files_followed").asInt()).isEqualTo(1);
            assertThat(stats.at("/agent/name").asText()).isEqualTo("test <agent>");
            assertThat(stats.at("/health/status").asText()).isEqualTo("ok");
            assertThat(stats.at("/health/process/resident_bytes").asLong()).isGreaterThan(10 << 20);

            JsonNode source = dashboard.json("/api/sources").at("/sources/0");
            assertThat(source.get("state").asText()).isEqualTo("following");
            assertThat(source.at("/files/0/path").asText()).endsWith("app.log");
            assertThat(source.at("/files/0/size").asInt()).isEqualTo(14);
            assertThat(source.at("/files/0/delivered").asInt()).isEqualTo(14);
            JsonNode output = dashboard.json("/api/outputs").at("/outputs/0");
            assertThat(output.get("state").asText()).isEqualTo("delivering");
            assertThat(output.get("transport").asText()).isEqualTo("http");
            assertThat(output.get("destination").asText()).isEqualTo(destination.url("/log"));
        }
    }

    @Test
    void saysWhyItIsNotReadyAndWhenItIsAgain() throws Exception {
        write("app.log", "one");
        destination.answerByDefault(Answer.status(401));
        try (DashboardProcess dashboard = running()) {
            await().atMost(PATIENCE).until(() -> dashboard.get("/health/ready").statusCode() == 503);
            assertThat(dashboard.json("/health/ready").at("/reasons/0").asText())
                    .contains("output default does not deliver", "401");
            assertThat(dashboard.get("/health/live").statusCode()).isEqualTo(200);
            JsonNode problem = stats(dashboard).at("/health/problems/0");
            assertThat(problem.get("what").asText()).isEqualTo("Output default");
            assertThat(problem.get("says").asText()).contains("401");
            assertThat(problem.get("since").asText()).isNotEmpty();
            assertThat(stats(dashboard).at("/monitor/lag_seconds").asDouble()).isPositive();
        }
        destination.answerByDefault(Answer.status(204));
        try (DashboardProcess dashboard = running()) {
            await().atMost(PATIENCE)
                    .until(() -> stats(dashboard).at("/sender/events_delivered").asInt() == 1);
            assertThat(dashboard.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void isNotReadyWhileItStops() throws Exception {
        write("app.log", "one");
        CountDownLatch answer = new CountDownLatch(1);
        destination.answerByDefault(Answer.status(204).delayedUntil(answer));
        DashboardProcess.configure(folder, destination.url("/log"), "listen = '127.0.0.1:0'");
        Path config = folder.resolve("log-agent.config");
        Files.writeString(
                config, Files.readString(config).replace("shutdown_timeout_secs = 0.2", "shutdown_timeout_secs = 60"));
        try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> !destination.requests().isEmpty());
            assertThat(dashboard.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(new ProcessBuilder(
                                    "kill", Long.toString(dashboard.agent().pid()))
                            .start()
                            .waitFor())
                    .isZero();
            await().atMost(PATIENCE).until(() -> dashboard.get("/health/ready").statusCode() == 503);
            assertThat(dashboard.json("/health/ready").at("/reasons/0").asText())
                    .startsWith("stopping");
            assertThat(dashboard.get("/health/live").statusCode()).isEqualTo(200);
            answer.countDown();
            assertThat(dashboard.agent().exitCode()).isZero();
        }
        assertThat(destination.lines("app")).containsExactly("one");
    }

    @Test
    void namesFilesThatCannotBeRead() throws Exception {
        Process fifo =
                new ProcessBuilder("mkfifo", folder.resolve("app-pipe.log").toString()).start();
        assertThat(fifo.waitFor()).isZero();
        write("app.log", "one");
        try (DashboardProcess dashboard = running()) {
            assertThat(stats(dashboard).at("/discovery/files_unreadable").asInt())
                    .isEqualTo(1);
            assertThat(stats(dashboard).at("/health/problems/0/what").asText()).isEqualTo("1 file");
            assertThat(stats(dashboard).at("/health/problems/0/says").asText())
                    .contains("cannot be read", "app-pipe.log", "not a regular file");
        }
    }

    @Test
    void metricsAreWhatPrometheusExpects() throws Exception {
        write("app.log", "one", "two");
        try (DashboardProcess dashboard = running()) {
            await().atMost(PATIENCE)
                    .until(() -> stats(dashboard).at("/sender/events_delivered").asInt() == 2);
            HttpResponse<String> metrics = dashboard.get("/metrics");

            assertThat(metrics.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
            assertThat(metrics.body())
                    .contains("logagent_source_events_total{source=\"app\"} 2\n")
                    .contains("logagent_delivered_events_total{output=\"default\"} 2\n")
                    .contains("logagent_file_lag_bytes{source=\"app\"} 0\n")
                    .contains(
                            "logagent_send_duration_seconds_bucket{output=\"default\",transport=\"http\",le=\"+Inf\"}")
                    .contains("outcome=\"delivered\"");
            Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
            try (var in = promtool.getOutputStream()) {
                in.write(metrics.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(promtool.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(said).isEmpty();
            assertThat(promtool.exitValue()).isZero();
        }
    }

    @Test
    void aPortThatIsTakenIsReportedAndDoesNotStopTheAgent() throws Exception {
        write("app.log", "one");
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            DashboardProcess.configure(
                    folder, destination.url("/log"), "listen = '127.0.0.1:" + taken.getLocalPort() + "'");
            try (AgentProcess agent = AgentProcess.running(folder)) {
                agent.awaitLog("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
                await().atMost(PATIENCE).until(() -> destination.lines("app").size() == 1);
                assertThat(agent.terminate()).isZero();
            }
            try (AgentProcess check = AgentProcess.start(folder, "check")) {
                assertThat(check.exitCode()).isZero();
                assertThat(check.output()).contains("WARN  dashboard 127.0.0.1:" + taken.getLocalPort(), "in use");
            }
        }
    }
}
