package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.LogEvent;
import dev.logagent.api.transport.SendResult;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MultilineTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final String FAILURE = "2026-11-20 08:00:00.123 [main] ERROR com.example.App - no order 7";
    private static final String TRACE =
            "\njava.lang.IllegalStateException: empty\n\tat com.example.App.main(App.java:3)";
    private static final String CAUSE = "\nCaused by: java.io.IOException: gone\n\t... 1 more";
    private static final String NEXT = "2026-11-20 08:00:01.000 [main] INFO  com.example.App - going on";

    private final Path folder;
    private final Path log;
    private final ScriptedTransport transport = new ScriptedTransport();
    private @Nullable Agent agent;

    MultilineTest(@TempDir Path folder) {
        this.folder = folder;
        this.log = folder.resolve("app.log");
    }

    @AfterEach
    void stop() {
        if (agent != null) {
            agent.close();
        }
    }

    private void start(Duration timeout) throws IOException {
        start(timeout, 1 << 20);
    }

    private void start(Duration timeout, int maxLineBytes) throws IOException {
        Settings settings = Settings.in(folder.resolve("state"))
                .maxLineBytes(maxLineBytes)
                .shutdown(Duration.ofMillis(500))
                .parser("java")
                .multiline("java", timeout)
                .source("s", log);
        Agent started = new Agent(
                settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> new RecordingEvents());
        agent = started;
        started.start();
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void keepsAStackTraceTogetherHoweverItIsWritten() throws Exception {
        start(NEVER);
        append(NEXT + "\n" + FAILURE + TRACE);
        await().until(() -> transport.texts().size() == 1);
        append(CAUSE + "\n" + NEXT + "\n" + NEXT + "\n");

        await().until(() -> transport.texts().size() == 3);
        assertThat(transport.texts()).containsExactly(NEXT, FAILURE + TRACE + CAUSE, NEXT);
        LogEvent failure = transport.events().get(1);
        assertThat(failure.message()).startsWith("no order 7\njava.lang.");
        assertThat(failure.metadata())
                .containsEntry("exception", "java.lang.IllegalStateException")
                .containsEntry("logger", "com.example.App");
        assertThat(failure.offset()).isEqualTo(NEXT.length() + 1);
    }

    @Test
    void sendsTheLastEventWhenNothingFollowsForAWhile() throws Exception {
        start(Duration.ofMillis(50));
        append(FAILURE + TRACE + "\n");

        await().until(() -> transport.texts().size() == 1);
        assertThat(transport.texts()).containsExactly(FAILURE + TRACE);
    }

    @Test
    @DisplayName("T25: a stack trace over a restart")
    void keepsAnUnfinishedEventOverARestart() throws Exception {
        start(NEVER);
        append(NEXT + "\n" + FAILURE + TRACE + "\n");
        await().until(() -> transport.texts().size() == 1);
        stop();
        append(CAUSE.substring(1) + "\n");

        start(Duration.ofMillis(50));

        await().until(() -> transport.texts().size() == 2);
        assertThat(transport.texts()).containsExactly(NEXT, FAILURE + TRACE + CAUSE);
    }

    @Test
    @DisplayName("T25: a stack trace before a rotation")
    void finishesTheOldFileBeforeTheNewOneAfterARotation() throws Exception {
        start(Duration.ofMillis(200));
        append(NEXT + "\n" + FAILURE + TRACE + "\n");
        await().until(() -> transport.texts().size() == 1);
        Files.move(log, folder.resolve("app.log.1"));
        append(NEXT + "\n" + NEXT + "\n");

        await().until(() -> transport.texts().size() == 4);
        assertThat(transport.texts()).containsExactly(NEXT, FAILURE + TRACE, NEXT, NEXT);
    }

    @Test
    @DisplayName("T25: a stack trace that begins before a rotation and ends after it")
    void joinsAnEventThatARotationSpreadsOverTwoFiles() throws Exception {
        start(NEVER);
        append(NEXT + "\n" + FAILURE + TRACE + "\n");
        await().until(() -> transport.texts().size() == 1);
        Files.move(log, folder.resolve("app.log.1"));
        append(CAUSE.substring(1) + "\n" + NEXT + "\n" + NEXT + "\n");

        await().until(() -> transport.texts().size() == 3);
        assertThat(transport.texts()).containsExactly(NEXT, FAILURE + TRACE + CAUSE, NEXT);
        stop();
        start(Duration.ofMillis(50));
        await().until(() -> transport.texts().size() == 4);
        assertThat(transport.texts()).as("nothing is repeated").endsWith(NEXT, NEXT);
    }

    @Test
    @DisplayName("T25: a stack trace over a rotation while the agent was down")
    void joinsAnEventThatWasSpreadOverTwoFilesWhileItWasDown() throws Exception {
        start(NEVER);
        append(NEXT + "\n" + FAILURE + TRACE + "\n");
        await().until(() -> transport.texts().size() == 1);
        stop();
        Files.move(log, folder.resolve("app.log.1"));
        append(CAUSE.substring(1) + "\n" + NEXT + "\n");

        start(Duration.ofMillis(500));

        await().until(() -> transport.texts().size() == 3);
        assertThat(transport.texts()).containsExactly(NEXT, FAILURE + TRACE + CAUSE, NEXT);
    }

    @Test
    @DisplayName("T25: a stack trace of which the log was copied and truncated in the middle")
    void joinsAnEventInTheMiddleOfWhichTheLogIsCopiedAndTruncated() throws Exception {
        start(NEVER);
        append((NEXT + "\n").repeat(10) + FAILURE + TRACE + "\n");
        await().until(() -> transport.texts().size() == 10);
        Files.copy(log, folder.resolve("app.log.1"));
        Files.write(log, new byte[0]);
        append(CAUSE.substring(1) + "\n" + NEXT + "\n" + NEXT + "\n");

        await().until(() -> transport.texts().size() == 12);
        assertThat(transport.texts().subList(10, 12)).containsExactly(FAILURE + TRACE + CAUSE, NEXT);
    }

    @Test
    void sendsAJoinedEventAgainUntilItHasArrived() throws Exception {
        start(NEVER);
        append(FAILURE + TRACE + "\n");
        Files.move(log, folder.resolve("app.log.1"));
        CountDownLatch never = new CountDownLatch(1);
        transport.usually(batch -> {
            never.await();
            return SendResult.delivered();
        });
        append(CAUSE.substring(1) + "\n" + NEXT + "\n" + NEXT + "\n");
        await().until(() -> transport.sending() == 1);
        String id = transport.sent().get(0).events().get(0).id();
        stop();
        transport.usually(batch -> SendResult.delivered());

        start(Duration.ofMillis(50));

        await().until(() -> transport.texts().size() == 3);
        assertThat(transport.texts()).containsExactly(FAILURE + TRACE + CAUSE, NEXT, NEXT);
        assertThat(transport.events().get(0).id()).isEqualTo(id);
    }

    @Test
    void cutsAnEventThatGrowsTooLongAndLosesNoneOfIt() throws Exception {
        String frame = "\tat com.example.App.deep(App.java:7)\n";
        append(FAILURE + "\n" + frame.repeat(100) + NEXT + "\n");
        start(Duration.ofMillis(50), 1024);

        await().until(() -> transport.texts().contains(NEXT));
        assertThat(String.join("\n", transport.texts()) + "\n").isEqualTo(Files.readString(log));
        assertThat(transport.events()).allMatch(event -> event.text().length() <= 1024);
        assertThat(transport
                        .events()
                        .get(0)
                        .run()
                        .isPartial(transport.events().get(0).line()))
                .isTrue();
    }
}
