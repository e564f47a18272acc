package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.RecordedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code log-agent files}, while the agent is running and when it is stopped. */
final class FilesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private AgentFolder work;
    private CollectorServer collector;

    @BeforeEach
    void start() throws IOException {
        work = new AgentFolder(folder);
        collector = work.collector();
    }

    @AfterEach
    void stop() {
        work.close();
    }

    private JsonNode onlyFile() throws IOException, InterruptedException {
        String text = work.run("files", "--json");
        return new ObjectMapper().readTree(text.lines().findFirst().orElse("{}"));
    }

    @Test
    void tellsHowFarAFileIsDelivered() throws Exception {
        Path log = work.log();
        Files.write(log, Lines.numbered("app", 0, 100));
        try (AgentProcess agent = work.running()) {
            work.awaitLines(100);
            await().atMost(PATIENCE).until(() -> onlyFile().path("delivered").asLong() == Files.size(log));
            JsonNode file = onlyFile();
            assertThat(file.path("path").asText()).isEqualTo(log.toString());
            assertThat(file.path("state").asText()).isEqualTo("idle");
            assertThat(file.path("size").asLong()).isEqualTo(Files.size(log));
            assertThat(file.path("read").asLong()).isEqualTo(Files.size(log));
            assertThat(file.path("lag").asLong(-1)).isZero();
            assertThat(agent.terminate()).isZero();
        }
        Files.write(log, Lines.numbered("app", 100, 110), StandardOpenOption.APPEND);
        assertThat(onlyFile().path("state").asText()).isEqualTo("open");
        assertThat(onlyFile().path("lag").asLong()).isPositive();
        Files.move(log, folder.resolve("app.log.1"));
        assertThat(onlyFile().path("state").asText()).isEqualTo("rotated");
        Files.delete(folder.resolve("app.log.1"));
        assertThat(work.run("files")).contains("1 more are gone");
        assertThat(work.run("files", "--all")).contains("gone", log.toString());
    }

    @Test
    void saysWhatMayBeDeletedAndWhyTheRestIsStillNeeded() throws Exception {
        Path log = work.log();
        Path compressed = folder.resolve("app.log.1.gz");
        Files.write(log, Lines.numbered("app", 0, 100));
        try (AgentProcess agent = work.running()) {
            work.awaitLines(100);
            await().atMost(PATIENCE).until(() -> onlyFile().path("delivered").asLong() == Files.size(log));
            assertThat(agent.terminate()).isZero();
        }
        byte[] content = Files.readAllBytes(log);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            out.write(content);
        }
        Files.delete(log);
        collector.answerByDefault(Answer.status(503));
        Files.write(log, Lines.numbered("other", 0, 100));
        try (AgentProcess agent = work.running()) {
            await().atMost(PATIENCE).until(() -> work.run("files").contains("503"));
            assertThat(work.run("files")).containsPattern("rotated .*app.log.1.gz +safe to delete\n");
            assertThat(work.run("files", "--fully-delivered")).isEqualTo(compressed + "\nexit code 0");
            assertThat(onlyFile().path("reason").asText()).contains("503");
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @Test
    void sendsARewoundFileAgainWithTheSameIds() throws Exception {
        Path log = work.log();
        List<String> lines = Lines.numbered("app", 0, 50);
        Files.write(log, lines);
        try (AgentProcess agent = work.running()) {
            work.awaitLines(50);
            assertThat(agent.terminate()).isZero();
        }

        assertThat(work.run("files", "rewind", log.toString()))
                .contains("goes on at byte 0 instead of " + Files.size(log), "exit code 0");

        try (AgentProcess agent = work.running()) {
            work.awaitLines(100);
            assertThat(agent.terminate()).isZero();
        }
        List<String> twice = new ArrayList<>(lines);
        twice.addAll(lines);
        assertThat(collector.lines("app")).isEqualTo(twice);
        List<String> keys = collector.requests().stream()
                .map((RecordedRequest request) -> request.header("Idempotency-Key"))
                .toList();
        assertThat(keys.stream().distinct().count()).as("the same batches").isEqualTo(keys.size() / 2);
    }

    @Test
    void rewindsToTheLineThatHoldsTheOffsetAndNeverForward() throws Exception {
        Path log = work.log();
        Files.write(log, Lines.numbered("app", 0, 10));
        try (AgentProcess agent = work.running()) {
            work.awaitLines(10);
            assertThat(agent.terminate()).isZero();
        }
        long line = Files.size(log) / 10;

        assertThat(work.run("files", "rewind", log.toString(), "--to", Long.toString(3 * line + 5)))
                .contains("goes on at byte " + 3 * line + " instead of", "exit code 0");
        assertThat(work.run("files", "rewind", log.toString(), "--to", Long.toString(5 * line)))
                .contains("would skip lines", "exit code 1");
        assertThat(work.run("files", "rewind", "other.log")).contains("has not been read", "exit code 2");

        try (AgentProcess agent = work.running()) {
            work.awaitLines(17);
            assertThat(agent.terminate()).isZero();
        }
        assertThat(collector.lines("app").subList(10, 17)).isEqualTo(Lines.numbered("app", 3, 10));
    }
}
