package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a file is of no interest: lines at its beginning, and what was written long ago. */
final class BeginningTest {

    private final Path log;
    private final Path state;
    private final ScriptedTransport transport = new ScriptedTransport();

    BeginningTest(@TempDir Path folder) {
        log = folder.resolve("app.log");
        state = folder.resolve("state");
    }

    private Agent started(int skipLines, Duration ignoreOlder) throws IOException {
        Settings settings = Settings.in(state).files(skipLines, ignoreOlder).source("s", log.resolveSibling("*.log"));
        Agent agent = new Agent(
                settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> new RecordingEvents());
        agent.start();
        return agent;
    }

    private void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void awaitTexts(String... texts) {
        await().untilAsserted(() -> assertThat(transport.texts()).containsExactly(texts));
    }

    @Test
    void leavesOutTheHeaderHoweverItComes() throws Exception {
        append(log, "# first");
        try (Agent agent = started(2, Duration.ZERO)) {
            append(log, " line\n# sec");
            await().until(() -> agent.board().sources().get(0).lagBytes() == 0);
        }
        append(log, "ond line\none\n");
        try (Agent agent = started(2, Duration.ZERO)) {
            awaitTexts("one");
            append(log, "two\n");
            awaitTexts("one", "two");
            assertThat(agent.board().sources().get(0).lagBytes()).isZero();
        }
    }

    @Test
    void leavesOutTheHeaderOfEachFile() throws Exception {
        append(log, "# one\n1\n");
        try (Agent agent = started(1, Duration.ZERO)) {
            awaitTexts("1");
            Files.move(log, log.resolveSibling("app.log.1"));
            append(log, "# two\n2\n");
            awaitTexts("1", "2");
            Files.writeString(log, "# 3\n3\n", StandardOpenOption.TRUNCATE_EXISTING);
            awaitTexts("1", "2", "3");
            assertThat(agent.status().bytesLost()).isZero();
        }
    }

    @Test
    void sendsOnlyWhatIsAddedToAnOldFile() throws Exception {
        append(log, "old\n");
        Path fresh = log.resolveSibling("fresh.log");
        append(fresh, "fresh\n");
        Files.setLastModifiedTime(log, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        try (Agent agent = started(0, Duration.ofDays(7))) {
            awaitTexts("fresh");
            append(log, "new\n");
            awaitTexts("fresh", "new");
            agent.drain();
        }
        append(log, "later\n");
        Files.setLastModifiedTime(log, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        try (Agent agent = started(0, Duration.ofDays(7))) {
            awaitTexts("fresh", "new", "later");
            assertThat(agent.status().filesOpen()).isEqualTo(2);
        }
    }
}
