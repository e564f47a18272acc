package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.SourceInfo;
import dev.logagent.api.transport.SendResult;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.BufferConfig.OnFull;
import dev.logagent.core.config.LimitsConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SovereigntyConfig;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of lines while the destination is away and memory is too small for them. */
final class SpoolingTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final List<String> written = new ArrayList<>();

    private Settings settings() {
        return Settings.in(folder.resolve("state"))
                .memory(64 << 10)
                .batchBytes(8 << 10)
                .batchSize(1000)
                .shutdown(Duration.ofMillis(200))
                .source("s", folder.resolve("app.log"));
    }

    private Agent started(Settings settings) throws IOException {
        return started(settings.agent(), transport);
    }

    private Agent started(AgentConfig config, ScriptedTransport to) throws IOException {
        Agent agent = new Agent(config, Map.of(OutputConfig.DEFAULT_NAME, to), output -> events);
        agent.start();
        return agent;
    }

    private void write(int lines) throws IOException {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            some.add("line " + (written.size() + i) + " " + "x".repeat(100));
        }
        written.addAll(some);
        Files.write(folder.resolve("app.log"), some, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void goAway() {
        transport.usually(batch -> {
            throw new IOException("away");
        });
    }

    private void comeBack() {
        transport.usually(batch -> SendResult.delivered());
    }

    private static void awaitRead(Agent agent, int lines) {
        await().atMost(LONG).until(() -> agent.status().linesRead() >= lines);
    }

    private void awaitDelivered(ScriptedTransport to) {
        await().atMost(LONG).until(() -> to.texts().size() >= written.size());
    }

    @Test
    void readsOnWhileTheDestinationIsAwayAndDeliversInOrderThoughTheFileIsGone() throws Exception {
        goAway();
        write(20_000);
        try (Agent agent = started(settings())) {
            awaitRead(agent, 20_000);
            Files.delete(folder.resolve("app.log"));
            assertThat(agent.status().spool().bytes()).isGreaterThan(1 << 20);
            assertThat(transport.sent()).as("only one at a time finds out").hasSizeLessThan(50);

            comeBack();

            awaitDelivered(transport);
            await().until(() -> agent.status().spool().batches() == 0);
            write(10);
            awaitDelivered(transport);
        }
        assertThat(transport.texts()).isEqualTo(written);
        assertThat(events.named("spoolFilling")).hasSize(1);
        assertThat(events.named("spoolDrained")).hasSize(1);
        assertThat(events.named("destinationFailing")).hasSize(1);
        assertThat(events.named("spoolDamaged")).isEmpty();
    }

    @Test
    void deliversFirstWhatAnEarlierLifeLeft() throws Exception {
        goAway();
        write(5_000);
        try (Agent agent = started(settings())) {
            awaitRead(agent, 5_000);
        }
        assertThat(events.named("spoolLeft")).hasSize(1);
        Files.delete(folder.resolve("app.log"));
        write(1_000);
        ScriptedTransport second = new ScriptedTransport();
        try (Agent agent = started(settings().agent(), second)) {
            awaitDelivered(second);
            await().until(() -> agent.status().spool().batches() == 0);
        }
        assertThat(second.texts()).isEqualTo(written);
        assertThat(events.named("spoolFound")).hasSize(1);
    }

    @Test
    void writesNothingWhileTheDestinationTakesBatches() throws Exception {
        write(20_000);
        try (Agent agent = started(settings())) {
            awaitDelivered(transport);
            assertThat(agent.status().spool().eventsSpooled()).isZero();
        }
        assertThat(folder.resolve("state/spool")).doesNotExist();
    }

    @Test
    void waitsWhenMemoryAndDiskAreUsedUp() throws Exception {
        goAway();
        write(20_000);
        try (Agent agent = started(settings().disk(512 << 10))) {
            await().atMost(LONG).until(() -> !events.named("spoolFull").isEmpty());
            long read = agent.status().linesRead();
            assertThat(read).isLessThan(10_000);
            assertThat(agent.status().spool().bytes()).isLessThanOrEqualTo(512 << 10);

            comeBack();

            awaitDelivered(transport);
            assertThat(agent.status().spool().eventsDropped()).isZero();
        }
        assertThat(transport.texts()).isEqualTo(written);
        assertThat(events.named("spoolFull")).hasSize(1);
    }

    @Test
    void dropsTheOldestAndCountsThemWhereThatIsAskedFor() throws Exception {
        goAway();
        write(20_000);
        try (Agent agent = started(settings().disk(512 << 10).onFull(OnFull.DROP_OLDEST))) {
            awaitRead(agent, 20_000);

            comeBack();

            await().atMost(LONG).until(() -> agent.status().spool().batches() == 0);
            await().atMost(LONG).until(() -> transport.texts().contains(written.get(19_999)));
            Set<String> lost = new LinkedHashSet<>(written);
            lost.removeAll(transport.texts());
            assertThat(lost).isNotEmpty();
            assertThat(agent.status().spool().eventsDropped()).isEqualTo(lost.size());
        }
        assertThat(transport.texts()).endsWith(written.subList(18_000, 20_000).toArray(String[]::new));
    }

    @Test
    void dropsFromMemoryWhereThereIsNoSpool() throws Exception {
        goAway();
        write(5_000);
        try (Agent agent = started(settings().disk(0).onFull(OnFull.DROP_OLDEST))) {
            awaitRead(agent, 5_000);
            comeBack();
            await().atMost(LONG).until(() -> transport.texts().contains(written.get(4_999)));
            await().atMost(LONG)
                    .until(() ->
                            transport.texts().size() + agent.status().spool().eventsDropped() == 5_000);
        }
        assertThat(folder.resolve("state/spool")).doesNotExist();
    }

    @Test
    void keepsTryingWhenTheSpoolCannotBeWritten() throws Exception {
        Files.createDirectories(folder.resolve("state"));
        Path obstacle = Files.writeString(folder.resolve("state/spool"), "a file where the folder should be");
        goAway();
        write(5_000);
        try (Agent agent = started(settings())) {
            await().atMost(LONG).until(() -> !events.named("spoolFailing").isEmpty());
            assertThat(agent.status().linesRead()).isLessThan(5_000);
            assertThat(agent.status().spool().eventsSpooled()).isZero();

            Files.delete(obstacle);

            awaitRead(agent, 5_000);
            comeBack();
            awaitDelivered(transport);
        }
        assertThat(transport.texts()).isEqualTo(written);
        assertThat(events.named("spoolFailing")).hasSize(1);
        assertThat(events.named("spoolWorksAgain")).hasSize(1);
    }

    @Test
    void opensNewFilesThoughNothingMoreCanBeTaken() throws Exception {
        goAway();
        try (Agent agent = started(settings().disk(0).channelBound(1).batchSize(1))) {
            for (int i = 0; i < 10; i++) {
                write(1);
                int count = i + 1;
                await().during(Duration.ofMillis(30)).until(() -> written.size() == count);
            }
            assertThat(agent.status().linesRead()).as("all is full").isLessThan(10);
            Files.move(folder.resolve("app.log"), folder.resolve("app.log.1"));
            write(2);
            await().atMost(LONG).until(() -> events.named("fileOpened").size() == 2);
            Files.delete(folder.resolve("app.log"));

            comeBack();

            awaitDelivered(transport);
        }
        assertThat(transport.texts()).isEqualTo(written);
    }

    @Test
    void stopsThoughNothingMoreCanBeTaken() throws Exception {
        goAway();
        try (Agent agent = started(settings().disk(0).channelBound(1).batchSize(1))) {
            write(20);
            await().atMost(LONG).until(() -> agent.status().linesRead() > 0);
            assertThat(agent.drain().batches()).isPositive();
        }
        comeBack();
        try (Agent agent = started(settings())) {
            awaitDelivered(transport);
            assertThat(agent.status().linesRead()).isEqualTo(20);
        }
        assertThat(transport.texts()).isEqualTo(written);
    }

    @Test
    void remembersInTheSpoolHowOftenABatchWasTried() throws Exception {
        goAway();
        write(1);
        try (Agent agent = started(settings().shutdown(Duration.ofMillis(500)))) {
            await().atMost(LONG)
                    .until(() -> transport.sent().size() >= 3 && agent.status().retries() >= 3);
        }
        ScriptedTransport refusing = new ScriptedTransport();
        refusing.usually(batch -> new SendResult.Rejected("not that one"));
        try (Agent agent = started(settings().agent(), refusing)) {
            await().atMost(LONG).until(() -> agent.status().deadLetters() == 1);
        }
        String letter = Files.readString(folder.resolve("state/dead-letters/dead-letters.jsonl"));
        assertThat(letter).containsPattern("\"attempts\":([3-9]|\\d\\d)");
    }

    @Test
    void deliversEverythingOnceThoughTheDestinationComesAndGoes() throws Exception {
        AtomicInteger count = new AtomicInteger();
        transport.usually(batch -> {
            if (count.getAndIncrement() % 100 < 3) {
                throw new IOException("away");
            }
            return SendResult.delivered();
        });
        write(12_000);
        try (Agent agent = started(settings().retryDelay(Duration.ofMillis(400)))) {
            awaitDelivered(transport);
            await().until(() -> agent.status().spool().batches() == 0);
        }
        assertThat(transport.texts()).isEqualTo(written);
        assertThat(events.named("spoolFilling")).isNotEmpty();
    }

    @Test
    void keepsBackWhatTheOutputMayNotHaveAnyMore() throws Exception {
        goAway();
        write(3_000);
        try (Agent agent = started(inRegion("eu", SovereigntyConfig.NONE), transport)) {
            awaitRead(agent, 3_000);
        }
        Files.delete(folder.resolve("app.log"));
        SovereigntyConfig euOnly = new SovereigntyConfig(List.of(new SovereigntyConfig.Rule("eu", null, Set.of("eu"))));
        ScriptedTransport abroad = new ScriptedTransport();
        try (Agent agent = started(inRegion("us", euOnly), abroad)) {
            await().atMost(LONG).until(() -> agent.status().spool().batches() == 0);
            assertThat(agent.status().spool().eventsWithheld()).isEqualTo(3_000);
            assertThat(agent.status().spool().bytes()).as("it takes up room").isGreaterThan(300_000);
        }
        assertThat(abroad.sent()).isEmpty();

        ScriptedTransport allowed = new ScriptedTransport();
        try (Agent agent = started(inRegion("eu", SovereigntyConfig.NONE), allowed)) {
            awaitDelivered(allowed);
            await().until(() -> agent.status().spool().batches() == 0);
        }
        assertThat(allowed.texts()).isEqualTo(written);
    }

    @Test
    void countsWhatIsKeptBackTowardsTheLimitOfTheSpool() throws Exception {
        long limit = 1 << 20;
        goAway();
        write(5_000);
        try (Agent agent = started(inRegion("eu", SovereigntyConfig.NONE, limit), transport)) {
            awaitRead(agent, 5_000);
        }
        SovereigntyConfig euOnly = new SovereigntyConfig(List.of(new SovereigntyConfig.Rule("eu", null, Set.of("eu"))));
        try (Agent agent = started(inRegion("us", euOnly, limit), transport)) {
            await().atMost(LONG).until(() -> agent.status().spool().eventsWithheld() == 5_000);
            Files.write(folder.resolve("other.log"), Collections.nCopies(20_000, "x".repeat(100)));
            await().atMost(LONG).until(() -> !events.named("spoolFull").isEmpty());
            assertThat(agent.status().spool().bytes()).isLessThanOrEqualTo(limit + limit / 8);
            assertThat(agent.status().spool().batches()).isPositive();
        }
    }

    /** A source in a region; without rules it may go anywhere. */
    private AgentConfig inRegion(String region, SovereigntyConfig rules) {
        return inRegion(region, rules, 64 << 20);
    }

    private AgentConfig inRegion(String region, SovereigntyConfig rules, long disk) {
        Settings settings = settings().disk(disk);
        return new AgentConfig(
                settings.global(),
                List.of(source("s", "eu", "app.log"), source("other", "us", "other.log")),
                settings.buffer(),
                List.of(new OutputConfig(OutputConfig.DEFAULT_NAME, settings.global(), Set.of(region))),
                List.of(),
                rules,
                LimitsConfig.DEFAULTS,
                List.of());
    }

    private SourceConfig source(String name, String region, String file) {
        return new SourceConfig(
                new SourceInfo(name, null, null, null, region, null, Map.of()),
                List.of(folder.resolve(file).toString()),
                List.of(),
                Duration.ofMillis(20),
                SourceConfig.StartAt.BEGINNING);
    }
}
