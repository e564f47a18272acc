package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Borders hold for what was kept on disk, too, when an output has been moved to the other side of one meanwhile: whether the
 * spool is delivered or dead letters are replayed, and whichever end point takes them.
 */
final class BordersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> LINES = Lines.numbered("app", 0, 200);

    @TempDir
    Path folder;

    private CollectorServer home;
    private CollectorServer otherHome;
    private CollectorServer abroad;
    private CollectorServer otherAbroad;

    @BeforeEach
    void start() throws IOException {
        home = CollectorServer.start();
        otherHome = CollectorServer.start();
        abroad = CollectorServer.start();
        otherAbroad = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        List.of(home, otherHome, abroad, otherAbroad).forEach(CollectorServer::close);
    }

    @Test
    void theSpoolIsKeptBackFromAnOutputThatHasMovedAbroad() throws Exception {
        home.stop();
        otherHome.stop();
        write(LINES);
        spoolEverything();

        move("us", abroad, otherAbroad);
        try (AgentProcess agent = AgentProcess.running(folder)) {
            agent.awaitLog("events of source 'app' on disk may not be sent here any more");
            assertThat(agent.terminate()).isZero();
        }
        assertNothingAbroad();

        otherHome.restart();
        move("eu", home, otherHome);
        try (AgentProcess agent = AgentProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> otherHome.lines("app").size() >= LINES.size());
            assertThat(agent.terminate()).isZero();
        }
        assertThat(otherHome.lines("app")).as("by the other end point").isEqualTo(LINES);
        assertNothingAbroad();
    }

    @Test
    void deadLettersAreKeptBackFromAnOutputThatHasMovedAbroad() throws Exception {
        List<String> lines = List.of("one", "two");
        home.answerByDefault(Answer.status(400));
        move("eu", home);
        write(lines);
        try (AgentProcess agent = AgentProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> agent.said("1 event.s. refused for good") == lines.size());
            assertThat(agent.terminate()).isZero();
        }

        move("us", abroad, otherAbroad);
        assertThat(AgentProcess.run(folder, "dead-letter", "replay"))
                .contains("0 delivered, 2 kept, because [sovereignty] forbids this output", "exit code 1");
        assertNothingAbroad();

        home.stop();
        move("eu", home, otherHome);
        assertThat(AgentProcess.run(folder, "dead-letter", "replay")).contains("2 delivered", "exit code 0");
        assertThat(otherHome.lines("app")).as("by the other end point").isEqualTo(lines);
        assertNothingAbroad();
    }

    /** Leaves all lines on disk and nowhere else. */
    private void spoolEverything() throws Exception {
        move("eu", home, otherHome);
        try (AgentProcess agent = AgentProcess.running(folder)) {
            agent.awaitLog("destination/mover.*not delivering");
            assertThat(agent.terminate()).isZero();
            agent.awaitLog("stay on disk");
        }
        Files.delete(folder.resolve("app.log"));
    }

    private void assertNothingAbroad() {
        assertThat(abroad.requests()).isEmpty();
        assertThat(otherAbroad.requests()).isEmpty();
    }

    /** An output in that region; another one at home, because a source must have one that it may go to. */
    private void move(String region, CollectorServer... endPoints) throws IOException {
        String urls = Stream.of(endPoints)
                .map(endPoint -> "\"" + endPoint.url("/log") + "\"")
                .collect(Collectors.joining(", "));
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                regions = ["us"]
                state_dir = "state"
                start_at = "beginning"
                interval_secs = 0.05
                shutdown_timeout_secs = 1
                [[sources]]
                name = "app"
                log_path = "app.log"
                region = "eu"
                [[outputs]]
                name = "mover"
                send_type = "HTTP"
                end_point = [%s]
                regions = ["%s"]
                [[outputs]]
                name = "stayer"
                send_type = "HTTP"
                end_point = "%s"
                regions = ["eu"]
                [[routes]]
                outputs = ["mover"%s]
                [[sovereignty.rules]]
                region = "eu"
                permitted = ["eu"]
                """.formatted(
                abroad.url("/log"), urls, region, home.url("/other"), region.equals("eu") ? "" : ", \"stayer\""));
    }

    private void write(List<String> lines) throws IOException {
        Files.write(folder.resolve("app.log"), lines);
    }
}
