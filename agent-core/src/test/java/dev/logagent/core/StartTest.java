package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.events.FanOutEvents;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import dev.logagent.testkit.Batches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to files while an agent starts that knows them from an earlier life. */
final class StartTest {

    private final Path folder;
    private final Path log;
    private final RecordingEvents events = new RecordingEvents();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Settings settings;
    private @Nullable Agent agent;

    StartTest(@TempDir Path folder) {
        this.folder = folder;
        this.log = folder.resolve("app.log");
        this.settings = Settings.in(folder.resolve("state")).source("s", folder.resolve("*.log"));
    }

    @AfterEach
    void stop() {
        if (agent != null) {
            agent.close();
        }
    }

    private void start(AgentEvents more) throws IOException {
        Agent started = new Agent(
                settings.agent(),
                Map.of(OutputConfig.DEFAULT_NAME, transport),
                output -> new FanOutEvents(events, more));
        agent = started;
        started.start();
    }

    private void start() throws IOException {
        start(new AgentEvents() {});
    }

    private static List<String> lines(String prefix) {
        return Batches.numberedLines(prefix + " " + "x".repeat(40), 20);
    }

    private static void append(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Looks often: some tests wait hundreds of times, for what takes a few milliseconds. */
    private static void soon(Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    private void awaitTexts(int count) {
        soon(() -> transport.texts().size() >= count);
    }

    /** Something that happens in the middle of a look at the folder, after the names in it have been read. */
    private interface Meanwhile {
        void run() throws IOException;
    }

    /** Makes a folder of a rotated name, of which an agent tells when it comes to it. */
    private AgentEvents meanwhile(Meanwhile action) throws IOException {
        Path trap = Files.createDirectory(folder.resolve("app.log.9"));
        return new AgentEvents() {
            @Override
            public void fileSkipped(String source, Path file, String reason) {
                if (file.equals(trap)) {
                    try {
                        action.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };
    }

    private void copyAndTruncate(Path copy) throws IOException {
        Files.copy(log, copy);
        truncate();
    }

    private void truncate() throws IOException {
        Files.newByteChannel(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
    }

    @Test
    void readsTheRestOfACopyBeforeItsSuccessorThoughItIsMadeDuringTheFirstLook() throws Exception {
        append(log, lines("one"));
        start();
        awaitTexts(20);
        stop();
        append(log, lines("two"));

        start(meanwhile(() -> {
            copyAndTruncate(folder.resolve("app.log-20261121"));
            append(log, lines("three"));
        }));

        awaitTexts(60);
        assertThat(transport.texts()).isEqualTo(concat(lines("one"), lines("two"), lines("three")));
    }

    @Test
    void readsACopyBeforeItsSuccessorThoughNothingWasKnownOfItsContents() throws Exception {
        append(log, List.of());
        start();
        stop();
        append(log, lines("one"));

        start(meanwhile(() -> {
            copyAndTruncate(folder.resolve("app.log-20261121"));
            append(log, lines("two"));
        }));

        awaitTexts(40);
        assertThat(transport.texts()).isEqualTo(concat(lines("one"), lines("two")));
    }

    @SafeVarargs
    private static List<String> concat(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @Test
    void goesOnInShortFilesThatComeIntoSightAfterTheStart() throws Exception {
        for (int i = 0; i < 5; i++) {
            append(folder.resolve(i + ".log"), List.of("short " + i));
        }
        start();
        awaitTexts(5);
        stop();
        Path away = Files.createDirectory(folder.resolve("away"));
        for (int i = 0; i < 5; i++) {
            Files.move(folder.resolve(i + ".log"), away.resolve(i + ".log"));
        }

        start();
        for (int i = 0; i < 5; i++) {
            Files.move(away.resolve(i + ".log"), folder.resolve(i + ".log"));
            append(folder.resolve(i + ".log"), List.of("more " + i));
        }

        awaitTexts(10);
        assertThat(transport.texts().subList(5, 10))
                .containsExactlyInAnyOrder("more 0", "more 1", "more 2", "more 3", "more 4");
    }

    @Test
    void tellsOnceThatAFileWasTruncatedThatWasTruncatedOftenBefore() throws Exception {
        start();
        for (int i = 0; i < 110; i++) {
            append(log, List.of("generation " + i));
            awaitTexts(i + 1);
            truncate();
            int told = i + 1;
            soon(() -> events.named("fileTruncated").size() == told);
        }
        append(log, lines("last"));
        awaitTexts(130);
        stop();
        truncate();
        append(log, lines("new"));

        start();

        awaitTexts(150);
        assertThat(transport.texts().subList(110, 150)).isEqualTo(concat(lines("last"), lines("new")));
        assertThat(events.named("fileTruncated")).hasSize(111);
    }
}
