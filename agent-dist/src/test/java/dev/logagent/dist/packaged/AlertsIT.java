package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.CompiledJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packaged agent says what is wrong: to the log, the dashboard, a webhook and a command; and ends when it is dead. */
@Execution(ExecutionMode.CONCURRENT)
final class AlertsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A transport that throws, or never comes back, as a file beside its end point says. */
    private static final String FAULTY = """
            package faulty;

            import dev.logagent.api.Batch;
            import dev.logagent.api.option.OptionTable;
            import dev.logagent.api.transport.*;
            import java.nio.file.*;

            public class Factory implements TransportFactory {
                public String name() { return "faulty"; }
                public String summary() { return "Does what it should not."; }
                public OptionTable options() { return OptionTable.of(); }
                public Transport create(TransportContext context) {
                    Path mode = Path.of(context.endPoint());
                    return new Transport() {
                        public SendResult send(Batch batch) throws java.io.IOException, InterruptedException {
                            switch (Files.readString(mode).strip()) {
                                case "error": throw new NoClassDefFoundError("lost/Library");
                                case "hang": new java.util.concurrent.CountDownLatch(1).await(); return SendResult.delivered();
                                default: return SendResult.delivered();
                            }
                        }
                        public String check() { return "fine"; }
                        public void close() {}
                    };
                }
            }
            """;

    @TempDir
    Path folder;

    private CollectorServer destination;
    private CollectorServer hook;

    @BeforeEach
    void start() throws IOException {
        destination = CollectorServer.start();
        hook = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        destination.close();
        hook.close();
    }

    private void configure(String alerts) throws IOException {
        DashboardProcess.configure(folder, destination.url("/log"), "listen = '127.0.0.1:0'");
        add("[alerts]\nmin_duration_secs = 0.2\nclear_secs = 0.2\n" + alerts);
    }

    private void add(String toml) throws IOException {
        Files.writeString(folder.resolve("log-agent.config"), "\n" + toml + "\n", StandardOpenOption.APPEND);
    }

    private void write(String... lines) throws IOException {
        DashboardProcess.write(folder.resolve("app.log"), lines);
    }

    private static JsonNode alerts(DashboardProcess dashboard) {
        try {
            return dashboard.json("/api/alerts");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isRaised(DashboardProcess dashboard, String id) {
        return alerts(dashboard).get("alerts").findValuesAsText("id").contains(id);
    }

    @Test
    void tellsEverybodyThatTheDestinationIsAwayAndThatItIsBack() throws Exception {
        configure(
                "webhook_url = '" + hook.url("/hook") + "'\ncommand = ['/bin/sh', '-c', 'cat >> told; echo >> told']");
        write("one");
        try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> destination.lines("app").size() == 1);
            assertThat(alerts(dashboard).get("alerts")).isEmpty();
            destination.stop();
            write("two");

            await().atMost(PATIENCE).until(() -> isRaised(dashboard, "output_failing:default"));
            JsonNode alert = alerts(dashboard).at("/alerts/0");
            assertThat(alert.get("severity").asText()).isEqualTo("error");
            assertThat(alert.get("message").asText()).startsWith("Output default does not deliver: ");
            assertThat(dashboard.get("/metrics").body())
                    .contains("logagent_alerts_active{rule=\"output_failing\",severity=\"error\"} 1\n")
                    .contains("logagent_alerts_active{rule=\"disk_use\",severity=\"warning\"}");
            dashboard.agent().awaitLog("ALERT output_failing: Output default does not deliver");
            assertThat(dashboard.get("/health/live").statusCode()).isEqualTo(200);

            destination.restart();
            await().atMost(PATIENCE).until(() -> !isRaised(dashboard, "output_failing:default"));
            dashboard.agent().awaitLog("cleared output_failing of output default after");
            assertThat(alerts(dashboard).get("recent").findValuesAsText("id")).contains("output_failing:default");
            assertThat(hook.awaitRequests(2).get(0).json().get("text").asText())
                    .startsWith("ALERT (error) on test <agent>: Output default does not deliver");
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(folder.resolve("told")).contains("\"change\":\"cleared\""));
            assertThat(OpenApiSchema.of(dashboard.json("/api/openapi.json"), "Alerts")
                            .faults(dashboard.get("/api/alerts").body()))
                    .isEmpty();
            assertThat(dashboard.agent().said("ALERT output_failing")).isEqualTo(1);
        }
    }

    @Test
    void aWebhookAndACommandThatHangHarmNothing() throws Exception {
        hook.answerByDefault(new Answer.Hang());
        destination.answerByDefault(Answer.status(401));
        configure("timeout_secs = 600\nwebhook_url = '" + hook.url("/hook") + "'\ncommand = ['sleep', '1000']");
        write("one");
        try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> isRaised(dashboard, "output_misconfigured:default"));
            hook.awaitRequests(1);
            destination.answerByDefault(Answer.status(204));
            write("two");

            await().atMost(PATIENCE).until(() -> destination.lines("app").size() == 2);
            await().atMost(PATIENCE).until(() -> !isRaised(dashboard, "output_misconfigured:default"));
            assertThat(alerts(dashboard).at("/notifications/0/way").asText()).isEqualTo("webhook");
            assertThat(alerts(dashboard).at("/notifications/0/waiting").asInt()).isEqualTo(2);
            assertThat(dashboard.agent().terminate()).isZero();
        }
    }

    @Test
    void filesThatCannotBeReadAndDeadLettersAreAlertsUntilSomebodySeesToThem() throws Exception {
        destination.answerTo("bad", Answer.status(400));
        configure("");
        Process fifo =
                new ProcessBuilder("mkfifo", folder.resolve("app-pipe.log").toString()).start();
        assertThat(fifo.waitFor()).isZero();
        write("good", "bad", "good");
        try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> isRaised(dashboard, "unreadable_file:app"));
            await().atMost(PATIENCE).until(() -> isRaised(dashboard, "dead_letters:default"));

            Files.delete(folder.resolve("app-pipe.log"));
            Files.delete(folder.resolve("state/dead-letters/dead-letters.jsonl"));
            await().atMost(PATIENCE).until(() -> alerts(dashboard).get("alerts").isEmpty());
        }
    }

    @Test
    void canBeTurnedOff() throws Exception {
        configure("enabled = false");
        destination.stop();
        write("one");
        try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
            dashboard.agent().awaitLog("not delivering");
            assertThat(alerts(dashboard).get("alerts")).isEmpty();
            assertThat(dashboard.agent().said("ALERT")).isZero();
        }
    }

    private void configureFaulty(String mode) throws Exception {
        Path jars = Files.createDirectory(folder.resolve("jars"));
        new CompiledJar()
                .source("faulty.Factory", FAULTY)
                .transport("faulty.Factory")
                .write(jars.resolve("faulty.jar"));
        Path modes = Files.writeString(folder.resolve("mode"), mode);
        configure("stuck_secs = 1");
        Path config = folder.resolve("log-agent.config");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(destination.url("/log"), modes.toString())
                        .replace("\"HTTP\"", "\"faulty\"\nplugin_dir = \"jars\""));
    }

    @Test
    void aBugInAWorkerEndsTheProcessWithAClearMessage() throws Exception {
        configureFaulty("error");
        write("one");
        try (AgentProcess agent = AgentProcess.running(folder)) {
            assertThat(agent.exitCode()).isEqualTo(1);
            assertThat(agent.output()).contains("the agent has failed and stops", "lost/Library", "sender-1");
        }
    }

    @Test
    void aStuckWorkerIsToldAndTheProcessCountsAsDead() throws Exception {
        configureFaulty("hang");
        write("one");
        try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
            // A worker counts as stuck after a while, and is told of after another one.
            await().atMost(PATIENCE.multipliedBy(3)).until(() -> isRaised(dashboard, "worker_stuck:sender-1"));

            assertThat(dashboard.get("/health/live").statusCode()).isEqualTo(503);
            assertThat(dashboard.json("/health/live").at("/reasons/0").asText())
                    .matches("worker sender-1 has been stuck for \\d+ s");
            dashboard.agent().awaitLog("ALERT worker_stuck: Worker sender-1 has been stuck");
        }
    }
}
