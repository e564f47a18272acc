package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that talk to the running agent, which has no dashboard configured; and what becomes of changed configurations. */
final class OperateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private CollectorServer collector;

    @BeforeEach
    void start() throws IOException {
        collector = CollectorServer.start();
        configure(100, "");
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private void configure(int batchSize, String more) throws IOException {
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                state_dir = "state"
                start_at = "beginning"
                interval_secs = 0.05
                retry_delay_ms = 20
                max_batch_size = %d
                shutdown_timeout_secs = 5
                %s
                [[sources]]
                name = "app"
                log_path = "app.log"
                """.formatted(collector.url("/log"), batchSize, more));
    }

    private void append(List<String> lines) throws IOException {
        Files.write(folder.resolve("app.log"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void awaitLines(int count) {
        await().atMost(PATIENCE).until(() -> collector.lines("app").size() >= count);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        return AgentProcess.run(folder, arguments);
    }

    private static void signal(AgentProcess agent, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(agent.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void goesOverToTwentyConfigurationsUnderLoad() throws Exception {
        append(Lines.numbered("app", 0, 1_000));
        try (AgentProcess agent = runningByHangUps()) {
            for (int i = 0; i < 20; i++) {
                append(Lines.numbered("app", 1_000 + 500 * i, 1_500 + 500 * i));
                configure(20 + i, "");
                signal(agent, "HUP");
                int reloads = i + 1;
                await().atMost(PATIENCE).until(() -> agent.said("the configuration is taken over") == reloads);
            }
            awaitLines(11_000);
            assertThat(agent.terminate()).isZero();
        }
        assertThat(collector.lines("app")).isEqualTo(Lines.numbered("app", 0, 11_000));
    }

    @Test
    void goesOnWithTheConfigurationBeforeWhenTheNewOneIsWrong() throws Exception {
        try (AgentProcess agent = runningByHangUps()) {
            configure(0, "retry_cuont = 3");
            String refused = run("reload");
            assertThat(refused)
                    .contains(
                            "unknown key 'retry_cuont'", "max_batch_size", "did you mean 'retry_count'?", "2 problems")
                    .contains("The agent goes on with the configuration before.", "exit code 2");
            assertThat(agent.said("is not taken over")).isEqualTo(1);
            JsonNode stats = new ObjectMapper()
                    .readTree(run("top", "--once", "--json").lines().findFirst().orElse(""));
            assertThat(stats.at("/stats/config/reloads_refused").asInt()).isEqualTo(1);
            assertThat(stats.at("/stats/config/refusal/reason").asText()).contains("retry_cuont");
            assertThat(stats.at("/stats/health/problems/0/says").asText()).contains("cannot be taken over");
            append(List.of("one"));
            awaitLines(1);

            configure(100, "");
            Files.writeString(
                    folder.resolve("log-agent.config"),
                    Files.readString(folder.resolve("log-agent.config")).replace("\"state\"", "\"elsewhere\""));
            assertThat(run("reload", "--config", "log-agent.config")).contains("no agent is running", "elsewhere");
            signal(agent, "HUP");
            agent.awaitLog("'state_dir' in \\[global\\] needs a restart");

            configure(100, "");
            assertThat(run("reload")).contains("nothing has changed", "exit code 0");
        }
    }

    /** Because changes are to be taken over, or because the destination refuses the old one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesANewSecretWithoutARestart(boolean onChange) throws Exception {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "old\n");
        String table =
                "reload_on_change = " + onChange + "\n[transport.http]\nbearer_token = \"${file:" + secret + "}\"\n";
        configure(100, table);
        collector.answerByDefault(Answer.status(onChange ? 204 : 401));
        append(List.of("one"));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> !collector.requests().isEmpty());
            Files.writeString(secret, "new\n");
            agent.awaitLog("the configuration is taken over; connected anew: output 'default'");
            append(List.of("two"));
            await().atMost(PATIENCE)
                    .until(() -> collector.requests().stream()
                            .anyMatch(request -> "Bearer new".equals(request.header("Authorization"))));
        }
    }

    @Test
    void showsWhatPasses() throws Exception {
        try (AgentProcess agent = AgentProcess.running(folder)) {
            append(List.of("first"));
            awaitLines(1);
            assertThat(run("outputs"))
                    .contains("OUTPUT", "default", "delivering", collector.url("/log"), "exit code 0");
            assertThat(run("top", "--once")).contains("SOURCE", "app", "following", "exit code 0");
            try (AgentProcess tap = AgentProcess.start(folder, "tap", "--text", "WANTED", "--count", "2", "--json")) {
                await().atMost(PATIENCE).until(() -> {
                    append(List.of("this is wanted", "this is not"));
                    return !tap.isAlive();
                });
                assertThat(tap.exitCode()).isZero();
                assertThat(tap.output().lines())
                        .hasSize(2)
                        .allMatch(line -> line.contains("\"text\":\"this is wanted\""));
            }
            assertThat(run("tap", "--output", "nope"))
                    .contains("there is no output 'nope'", "[default]", "exit code 2");
            assertThat(run("tap", "--count", "0")).contains("--count must be at least 1", "exit code 2");
            try (AgentProcess tap = AgentProcess.start(folder, "tap", "--source", "ap", "--level", "warning")) {
                tap.awaitLog("there is no source 'ap' yet, did you mean 'app'\\?; waiting for one");
                assertThat(tap.terminate()).isZero();
            }
            assertThat(agent.isAlive()).isTrue();
            assertThat(Files.getPosixFilePermissions(folder.resolve("state/control.sock")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void showsWhatIsRefusedAndSendsItAgain() throws Exception {
        collector.answerByDefault(Answer.status(400));
        try (AgentProcess agent = AgentProcess.running(folder);
                AgentProcess tap = AgentProcess.start(folder, "tap", "--rejected", "--count", "1")) {
            await().atMost(PATIENCE).until(() -> {
                append(List.of("bad line"));
                return !tap.isAlive();
            });
            assertThat(tap.output()).contains("REJECTED", "app", "400", "bad line");
            collector.answerByDefault(Answer.status(204));
            assertThat(run("dead-letter", "replay")).contains("delivered", "exit code 0");
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @Test
    void pausesResumesAndRewinds() throws Exception {
        try (AgentProcess agent = AgentProcess.running(folder)) {
            append(List.of("one"));
            awaitLines(1);
            assertThat(run("pause", "nobody")).contains("there is no source 'nobody'", "exit code 2");
            assertThat(run("pause")).contains("paused: app");
            append(List.of("two"));
            assertThat(run("top", "--once")).contains("paused");
            assertThat(collector.lines("app")).containsExactly("one");
            assertThat(run("resume")).contains("no source is paused");
            awaitLines(2);
            assertThat(run("files", "rewind", "app.log")).contains("goes on at byte 0 instead of 8", "exit code 0");
            awaitLines(4);
            assertThat(run("flush")).contains("exit code 0");
            assertThat(collector.lines("app")).containsExactly("one", "two", "one", "two");
            assertThat(agent.terminate()).isZero();
            assertThat(folder.resolve("state/control.sock")).doesNotExist();
        }
    }

    @Test
    void showsAlertsAndTakesOverWhenTheyAreRaised() throws Exception {
        try (AgentProcess agent = AgentProcess.running(folder)) {
            assertThat(run("alerts")).contains("no alert is active", "exit code 0");
            collector.stop();
            append(List.of("one"));
            configure(100, "[alerts]\nmin_duration_secs = 0.2\ncommand = [\"/bin/false\"]");
            assertThat(run("reload")).contains("the configuration is taken over", "exit code 0");
            agent.awaitLog("the command of \\[alerts\\] fails");
            assertThat(run("alerts"))
                    .contains("error", "output_failing", "Output default does not deliver: ", "exit code 1")
                    .contains("the command of [alerts] fails: ");

            configure(100, "[alerts]\nmin_duration_secs = 600\nclear_secs = 0");
            assertThat(run("reload")).contains("the configuration is taken over");
            assertThat(run("alerts")).contains("output_failing", "exit code 1").doesNotContain("of [alerts] fails");
            collector.restart();
            agent.awaitLog("cleared output_failing of output default");
            assertThat(run("alerts", "--all"))
                    .contains("no alert is active", "CLEARED", "output_failing", "exit code 0");
            assertThat(agent.said("ALERT output_failing")).isEqualTo(1);
        }
    }

    @Test
    void saysThatNoAgentIsRunning() throws Exception {
        for (String verb : List.of("outputs", "alerts", "tap", "top", "reload", "pause", "resume", "flush")) {
            assertThat(run(verb)).contains("no agent is running with the state folder", "log-agent run", "exit code 1");
        }
    }

    @Test
    void findsTheUsualMistakes() throws Exception {
        append(List.of("one"));
        String watches = Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_user_watches"))
                .get(0);
        assertThat(run("doctor"))
                .contains(
                        "OK    Java",
                        "inotify  1 folders to watch, " + watches + " allowed",
                        "port 127.0.0.1:",
                        "0 failed",
                        "exit code 0");
        collector.close();
        Files.writeString(
                folder.resolve("log-agent.config"),
                Files.readString(folder.resolve("log-agent.config"))
                        + "[[outputs]]\nname = \"far\"\nsend_type = \"HTTP\"\nend_point = \"http://no-such-host.invalid/\"\n");
        assertThat(run("doctor", "--quiet"))
                .contains("FAIL  name no-such-host.invalid", "/etc/resolv.conf")
                .contains("FAIL  port 127.0.0.1:", "is the server up", "exit code 1")
                .doesNotContain("OK    Java");
    }

    /** The agent, told of hang-ups even where the tests run under {@code nohup}. */
    private AgentProcess runningByHangUps() throws IOException {
        AgentProcess agent = AgentProcess.startBy(List.of("env", "--default-signal=HUP"), folder);
        agent.awaitLog("following|waiting for one");
        return agent;
    }
}
