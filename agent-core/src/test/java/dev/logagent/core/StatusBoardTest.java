package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.LineRun;
import dev.logagent.api.transport.SendResult;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Health;
import dev.logagent.core.status.Outcome;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.SourceStatus;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running agent tells of itself. */
final class StatusBoardTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ScriptedTransport transport = new ScriptedTransport();

    private Agent started(Settings settings) throws IOException {
        Agent agent = new Agent(
                settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> new RecordingEvents());
        agent.start();
        return agent;
    }

    private Settings settings() {
        return Settings.in(folder.resolve("state"));
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static OutputStatus output(Agent agent) {
        return agent.board().outputs().get(0);
    }

    private static SourceStatus source(Agent agent) {
        return agent.board().sources().get(0);
    }

    private static FileStatus file(Agent agent) {
        return source(agent).files().get(0);
    }

    @Test
    void followsAFileFromSizeToDelivery() throws Exception {
        Path log = write("app.log", "one", "two");
        try (Agent agent = started(settings().source("s", log))) {
            await().until(() -> file(agent).deliveredBytes() == 8);

            assertThat(file(agent))
                    .isEqualTo(new FileStatus(log.toString(), FileStatus.State.FOLLOWING, "", 8, 8, 8, 0));
            assertThat(source(agent).counters().lines()).isEqualTo(2);
            assertThat(source(agent).counters().delivered()).isEqualTo(2);
            assertThat(output(agent).delivered().events()).isEqualTo(2);
            assertThat(output(agent).queue().events()).isZero();
            assertThat(output(agent).attempts())
                    .containsEntry(Outcome.DELIVERED, output(agent).latency().total());
        }
    }

    @Test
    void anUnfinishedLastLineIsNotLate() throws Exception {
        Path log = write("app.log", "one");
        Files.writeString(log, "unfinished", StandardOpenOption.APPEND);
        try (Agent agent = started(settings().source("s", log))) {
            await().until(() -> file(agent).deliveredBytes() == 4 && file(agent).lagMillis() == 0);

            assertThat(file(agent).lagBytes()).isEqualTo(10);
            assertThat(source(agent).state()).isEqualTo(SourceStatus.State.FOLLOWING);
        }
    }

    @Test
    void tellsWhyAndSinceWhenTheDestinationFails() throws Exception {
        transport.usually(batch -> new SendResult.Misconfigured("401 Unauthorized"));
        Path log = write("app.log", "one");
        long before = System.currentTimeMillis();
        try (Agent agent = started(settings().shutdown(Duration.ZERO).source("s", log))) {
            assertThat(output(agent).health().sinceMillis()).isGreaterThanOrEqualTo(before);
            await().until(() -> !output(agent).health().isDelivering());

            Health health = output(agent).health();
            assertThat(health.state()).isEqualTo(Health.State.REFUSED);
            assertThat(health.reason()).isEqualTo("401 Unauthorized");
            assertThat(output(agent).queue().events()).isEqualTo(1);
            assertThat(output(agent).queue().gauges().memoryUsedBytes()).isPositive();
            assertThat(file(agent).lagMillis()).isPositive();
            assertThat(file(agent).readBytes()).isEqualTo(4);
            assertThat(file(agent).deliveredBytes()).isZero();
        }
    }

    @Test
    void recoversWithTheDestination() throws Exception {
        transport.then(batch -> SendResult.retry("busy")).then(batch -> SendResult.retry("busy"));
        try (Agent agent = started(settings().source("s", write("app.log", "one")))) {
            await().until(() -> output(agent).delivered().events() == 1);

            assertThat(output(agent).health().state()).isEqualTo(Health.State.DELIVERING);
            assertThat(output(agent).retries()).isEqualTo(2);
            assertThat(output(agent).attempts())
                    .containsEntry(Outcome.RETRY, 2L)
                    .containsEntry(Outcome.DELIVERED, 1L);
        }
    }

    @Test
    void tellsWhatIsInTheSpoolWhileTheDestinationIsAway() throws Exception {
        transport.usually(batch -> {
            throw new IOException("away");
        });
        int lines = 5_000;
        Path log = write(
                "app.log",
                IntStream.range(0, lines)
                        .mapToObj(i -> "line " + i + " " + "x".repeat(100))
                        .toArray(String[]::new));
        try (Agent agent =
                started(settings().memory(64 << 10).batchBytes(8 << 10).source("s", log))) {
            await().atMost(LONG).until(() -> output(agent).read().events() == lines);

            assertThat(output(agent).spool().batches()).isPositive();
            assertThat(output(agent).spool().bytes()).isPositive();
            assertThat(output(agent).spool().eventsDropped()).isZero();
            assertThat(output(agent).spoolProblem()).isNull();
            assertThat(output(agent).queue().gauges().away()).isPositive();
            await().until(() ->
                    output(agent).queue().events() + output(agent).spool().eventsSpooled() == lines);

            transport.usually(batch -> SendResult.delivered());

            await().atMost(LONG).until(() -> output(agent).spool().batches() == 0);
            await().until(() -> output(agent).delivered().events() == lines);
            await().until(() -> output(agent).queue().events() == 0);
            assertThat(output(agent).queue().gauges().away()).isZero();
            assertThat(output(agent).queue().gauges().batchesWaiting()).isZero();
        }
    }

    @Test
    void tellsThatPositionsAreSavedWhenNothingChanges() throws Exception {
        try (Agent agent = started(settings().source("s", write("app.log", "one")))) {
            await().until(() -> file(agent).deliveredBytes() == 4);
            for (int i = 0; i < 2; i++) {
                long now = System.nanoTime();
                await().until(() ->
                        output(agent).queue().gauges().checkpointAge().toNanos() < System.nanoTime() - now);
            }
        }
    }

    @Test
    void countsDeadLetters() throws Exception {
        transport.usually(batch -> new SendResult.Rejected("too odd"));
        try (Agent agent = started(settings().source("s", write("app.log", "one", "two")))) {
            await().until(() -> output(agent).deadLetters().events() == 2);

            assertThat(output(agent).deadLetters().lastReason()).isEqualTo("too odd");
            assertThat(output(agent).deadLetters().bytes()).isPositive();
            await().until(() -> output(agent).queue().events() == 0);
        }
    }

    @Test
    void namesWhatCannotBeRead() throws Exception {
        Process fifo = new ProcessBuilder("mkfifo", folder.resolve("pipe.log").toString()).start();
        assertThat(fifo.waitFor()).isZero();
        write("app.log", "one");
        try (Agent agent =
                started(settings().source("s", folder.resolve("*.log")).source("none", folder.resolve("x")))) {
            assertThat(source(agent).state()).isEqualTo(SourceStatus.State.UNREADABLE);
            assertThat(source(agent).files())
                    .filteredOn(file -> file.state() == FileStatus.State.UNREADABLE)
                    .singleElement()
                    .satisfies(file -> assertThat(file.path()).endsWith("pipe.log"))
                    .satisfies(file -> assertThat(file.reason()).isEqualTo("not a regular file"));
            assertThat(agent.board().sources().get(1).state()).isEqualTo(SourceStatus.State.WAITING);
        }
    }

    @Test
    void showsLinesToWhoeverLooks() throws Exception {
        List<LineRun> seen = new CopyOnWriteArrayList<>();
        Path log = write("app.log", "early");
        try (Agent agent = started(settings().source("s", log))) {
            await().until(() -> output(agent).delivered().events() == 1);
            agent.tap().showTo((output, run) -> seen.add(run));
            write("app.log", IntStream.range(0, 5).mapToObj(i -> "line " + i).toArray(String[]::new));
            await().until(() -> seen.stream().mapToInt(LineRun::count).sum() == 5);
            agent.tap().showTo(null);
            write("app.log", "late");
            await().until(() -> output(agent).delivered().events() == 7);
        }

        assertThat(seen.stream().mapToInt(LineRun::count).sum()).isEqualTo(5);
    }
}
