package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Level;
import dev.logagent.api.LogEvent;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What container runtimes cut and wrap comes out as the program wrote it. */
final class ContainerLinesTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("T26: pieces of container lines of two streams")
    void joinsTheLinesThatAreCutInCri() throws Exception {
        List<LogEvent> events = events(
                "auto",
                null,
                "2016-10-06T00:17:09.1Z stdout P first half, ",
                "2016-10-06T00:17:09.2Z stdout P second half, ",
                "2016-10-06T00:17:09.3Z stdout F end",
                "2016-10-06T00:17:09.4Z stdout P lonely ",
                "2016-10-06T00:17:09.5Z stderr F other stream",
                "2016-10-06T00:17:09.6Z stdout F rest");

        assertThat(events)
                .extracting(LogEvent::message)
                .containsExactly("first half, second half, end", "lonely rest", "other stream");
        assertThat(events)
                .extracting(event -> event.metadata().get("stream"))
                .containsExactly("stdout", "stdout", "stderr");
    }

    @Test
    void joinsTheLinesThatAreCutInDockersFiles() throws Exception {
        List<LogEvent> events = events(
                "auto",
                null,
                "{\"log\":\"{\\\"level\\\":\\\"error\\\",\",\"stream\":\"stdout\",\"time\":\"2026-11-20T08:00:00.1Z\"}",
                "{\"log\":\"\\\"msg\\\":\\\"no\\\\n\\\"}\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-20T08:00:00.2Z\"}",
                "{\"log\":\"next\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-20T08:00:00.3Z\"}");

        assertThat(events).extracting(LogEvent::message).containsExactly("no\n", "next");
        assertThat(events.get(0).level()).isEqualTo(Level.ERROR);
    }

    @Test
    void keepsStackTracesInContainersTogether() throws Exception {
        List<LogEvent> events = events(
                "cri",
                "java",
                "2026-11-20T08:00:00.1Z stdout F 2026-11-20 08:00:00.123 [main] ERROR com.example.App - no order",
                "2026-11-20T08:00:00.1Z stdout F java.lang.IllegalStateException: empty",
                "2026-11-20T08:00:00.1Z stdout F \tat com.example.App.main(App.java:3)",
                "2026-11-20T08:00:00.2Z stdout F 2026-11-20 08:00:00.200 [main] INFO com.example.App - next");

        assertThat(events)
                .extracting(LogEvent::message)
                .containsExactly(
                        "no order\njava.lang.IllegalStateException: empty\n\tat com.example.App.main(App.java:3)",
                        "next");
    }

    @Test
    @DisplayName("T26: pieces of container lines of two streams, and a rotation between them")
    void joinsTheLinesThatAreCutByARotation() throws Exception {
        Path log = folder.resolve("0.log");
        Files.write(folder.resolve("0.log.20261120-080000"), List.of("2026-11-20T08:00:00.1Z stdout P first "));
        Files.write(
                log,
                List.of(
                        "2026-11-20T08:00:00.2Z stderr P other ",
                        "2026-11-20T08:00:00.3Z stdout P second ",
                        "2026-11-20T08:00:00.4Z stderr F stream",
                        "2026-11-20T08:00:00.5Z stdout F third",
                        "2026-11-20T08:00:00.6Z stdout F next"));

        List<LogEvent> events = events("cri", null, log);

        assertThat(events).extracting(LogEvent::message).containsExactly("first second third", "other stream", "next");
    }

    private List<LogEvent> events(String parser, @Nullable String preset, String... lines) throws Exception {
        Path log = folder.resolve("0.log");
        Files.write(log, List.of(lines));
        return events(parser, preset, log);
    }

    private List<LogEvent> events(String parser, @Nullable String preset, Path log) throws Exception {
        Settings settings = Settings.in(folder.resolve("state")).parser(parser);
        if (preset != null) {
            settings.multiline(preset, Duration.ofHours(1));
        }
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = new Agent(
                settings.source("s", log).agent(),
                Map.of(OutputConfig.DEFAULT_NAME, transport),
                output -> new RecordingEvents())) {
            agent.start();
            agent.awaitDelivered();
            await().until(() -> !transport.events().isEmpty());
        }
        return transport.events();
    }
}
