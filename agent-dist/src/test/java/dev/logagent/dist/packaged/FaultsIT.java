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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a destination can do wrong, what becomes of the lines, and what the log says about it. */
final class FaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private CollectorServer collector;
    private Path log;

    @BeforeEach
    void start() throws IOException {
        collector = CollectorServer.start();
        log = Files.createFile(folder.resolve("app.log"));
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                state_dir = "state"
                interval_secs = 0.05
                retry_count = 2
                shutdown_timeout_secs = 2
                [[sources]]
                name = "app"
                log_path = "app.log"
                [transport.http]
                request_timeout_ms = 500
                """.formatted(collector.url("/log")));
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void repeatsAfterServerErrorsAndTellsOfThemOnce() throws Exception {
        collector.answerNext(Answer.status(500), Answer.status(500), Answer.status(500), Answer.status(500));
        try (AgentProcess agent = deliver(10)) {
            agent.awaitLog("delivering again");
            assertThat(agent.said("not delivering.*500")).isEqualTo(1);
            assertThat(agent.said("a batch has failed 3 times")).isEqualTo(1);
            assertThat(agent.said("delivering again after .* 4 failed attempts"))
                    .isEqualTo(1);
        }
        assertThat(collector.requests().stream()
                        .map(r -> r.header("Idempotency-Key"))
                        .distinct())
                .as("a repeated batch keeps its key")
                .hasSize(1);
    }

    @Test
    void repeatsWhenTheServerHangs() throws Exception {
        collector.answerNext(new Answer.Hang());
        try (AgentProcess agent = deliver(10)) {
            agent.awaitLog("delivering again");
            assertThat(agent.said("not delivering.*timeout")).as(agent::output).isEqualTo(1);
        }
    }

    @Test
    void repeatsWhenTheConnectionIsCut() throws Exception {
        collector.answerNext(new Answer.CutBeforeBody(), new Answer.CutBeforeBody());
        try (AgentProcess agent = deliver(10)) {
            agent.awaitLog("delivering again");
            assertThat(agent.said("not delivering")).as(agent::output).isEqualTo(1);
        }
    }

    @Test
    void repeatsWithTheSameKeyWhenTheServerStoresAndThenCuts() throws Exception {
        collector.answerNext(new Answer.CutAfterBody());
        try (AgentProcess agent = AgentProcess.running(folder)) {
            write(10);
            await().atMost(PATIENCE).until(() -> collector.requests().size() == 2);
            assertThat(agent.terminate()).isZero();
        }
        assertThat(collector.requests().get(0).header("Idempotency-Key"))
                .isEqualTo(collector.requests().get(1).header("Idempotency-Key"));
    }

    @Test
    void waitsAsLongAsTheServerAsks() throws Exception {
        collector.answerNext(Answer.status(429).header("Retry-After", "2"));
        long start = System.nanoTime();
        try (AgentProcess agent = deliver(10)) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
            assertThat(agent.said("not delivering.*429")).isEqualTo(1);
        }
    }

    @Test
    void halvesABatchThatIsTooLarge() throws Exception {
        collector.answerNext(Answer.status(413), Answer.status(413));
        try (AgentProcess agent = deliver(8)) {
            assertThat(collector.requests()).as("8 refused, 4 refused, 2, 2, 4").hasSize(5);
            assertThat(deadLetters()).isEmpty();
            assertThat(agent.terminate()).isZero();
        }
    }

    @Test
    void putsOnlyTheLineAtFaultAside() throws Exception {
        collector.answerByDefault(Answer.status(204));
        // 4 lines are refused, then the first 2, then the first; all others are taken.
        collector.answerNext(
                Answer.status(400), Answer.status(400), Answer.status(400).header("X", "y"));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            write(4);
            await().atMost(PATIENCE).until(() -> collector.lines("app").size() == 3);
            agent.awaitLog("1 event.s. refused for good .*400");
            assertThat(agent.terminate()).isZero();
        }
        assertThat(collector.lines("app")).isEqualTo(Lines.numbered("app", 1, 4));
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("event").path("raw").asText())
                    .isEqualTo(Lines.numbered("app", 0, 1).get(0));
            assertThat(letter.path("reason").asText()).contains("400");
            assertThat(letter.path("attempts").asInt()).isPositive();
        });
        int before = collector.requests().size();
        try (AgentProcess agent = AgentProcess.running(folder)) {
            Files.write(log, List.of("after the restart"), StandardOpenOption.APPEND);
            await().atMost(PATIENCE).until(() -> collector.requests().size() > before);
            assertThat(agent.terminate()).isZero();
        }
        assertThat(collector.lines("app"))
                .as("the refused line is not read again")
                .hasSize(4);
    }

    @Test
    void keepsEverythingWhenItIsNotLetIn() throws Exception {
        collector.answerByDefault(Answer.status(401));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            write(10);
            agent.awaitLog("refused: .*401.*credentials.*Nothing is lost");
            assertThat(agent.terminate()).as("what is left is kept").isZero();
            agent.awaitLog("1 batches .* stay on disk, and are delivered first after the next start");
        }
        assertThat(deadLetters()).isEmpty();
        collector.answerByDefault(Answer.status(200));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> collector.lines("app").size() == 10);
            assertThat(agent.terminate()).isZero();
        }
    }

    @Test
    void waitsForAServerThatIsAway() throws Exception {
        collector.stop();
        try (AgentProcess agent = AgentProcess.running(folder)) {
            write(10);
            agent.awaitLog("not delivering: .*refused");
            collector.restart();
            await().atMost(PATIENCE).until(() -> collector.lines("app").size() == 10);
            assertThat(agent.terminate()).isZero();
        }
    }

    /** Runs the agent until so many lines have arrived, in order and once each. */
    private AgentProcess deliver(int lines) throws IOException {
        AgentProcess agent = AgentProcess.running(folder);
        write(lines);
        await().atMost(PATIENCE).until(() -> collector.lines("app").size() >= lines);
        assertThat(collector.lines("app")).isEqualTo(Lines.numbered("app", 0, lines));
        return agent;
    }

    private void write(int lines) throws IOException {
        Files.write(log, Lines.numbered("app", 0, lines), StandardOpenOption.APPEND);
    }

    private List<JsonNode> deadLetters() throws IOException {
        Path letters = folder.resolve("state/dead-letters/dead-letters.jsonl");
        if (!Files.exists(letters)) {
            return List.of();
        }
        ObjectMapper json = new ObjectMapper();
        return Files.readAllLines(letters).stream()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
