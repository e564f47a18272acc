package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.transport.SendResult;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import dev.logagent.testkit.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running agent that goes over to another configuration. */
final class ReloadTest {

    @TempDir
    Path folder;

    private Path log(String name) {
        return folder.resolve(name);
    }

    private static void append(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate() throws IOException {
        for (int number = 8; number >= 1; number--) {
            if (Files.exists(log("app.log." + number))) {
                Files.move(log("app.log." + number), log("app.log." + (number + 1)));
            }
        }
        Files.move(log("app.log"), log("app.log.1"));
    }

    private Settings settings() {
        return Settings.in(folder.resolve("state")).interval(Duration.ofMillis(20));
    }

    private Settings one() {
        return settings().source("s", log("app.log"));
    }

    private static Agent started(Settings settings, ScriptedTransport transport) throws IOException {
        Agent agent = new Agent(
                settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> new RecordingEvents());
        agent.start();
        return agent;
    }

    @Test
    void losesRepeatsAndReordersNothingOverTwentyReloadsUnderLoad() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        append(log("app.log"), Batches.numberedLines("early", 5_000));
        try (Agent agent = started(one(), transport)) {
            for (int i = 0; i < 20; i++) {
                append(log("app.log"), Batches.numberedLines("line " + i, 2_000));
                if (i % 5 == 2) {
                    rotate();
                }
                AgentConfig next = one().batchSize(10 + i).agent();
                assertThat(agent.reload(next, Map.of())).containsExactly(OutputConfig.DEFAULT_NAME);
                append(log("app.log"), Batches.numberedLines("after " + i, 100));
            }
            agent.awaitDelivered();
        }

        assertThat(transport.texts()).hasSize(5_000 + 20 * 2_100).doesNotHaveDuplicates();
        assertThat(transport.texts().subList(0, 5_000)).isEqualTo(Batches.numberedLines("early", 5_000));
        assertThat(transport.texts().subList(5_000, 7_000)).isEqualTo(Batches.numberedLines("line 0", 2_000));
        assertThat(transport.texts().subList(47_000 - 100, 47_000)).isEqualTo(Batches.numberedLines("after 19", 100));
    }

    @Test
    void exchangesATransportWithoutStoppingItsPipeline() throws Exception {
        ScriptedTransport failing =
                new ScriptedTransport().usually(batch -> new SendResult.Misconfigured("wrong password"));
        ScriptedTransport right = new ScriptedTransport();
        append(log("app.log"), Batches.numberedLines("line", 100));
        try (Agent agent = started(one().retryDelay(Duration.ofMillis(5)), failing)) {
            await().until(() -> !failing.sent().isEmpty());
            assertThat(agent.reload(
                            one().retryDelay(Duration.ofMillis(5)).agent(), Map.of(OutputConfig.DEFAULT_NAME, right)))
                    .isEmpty();
            await().until(failing::isClosed);
            await().atMost(Duration.ofSeconds(60)).until(() -> right.texts().size() == 100);
        }
        assertThat(right.isClosed()).isTrue();
    }

    @Test
    void leavesAnAttemptThatHasBegunToTheTransportItHasBegunWith() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedTransport slow = new ScriptedTransport().usually(batch -> {
            answer.await();
            return SendResult.delivered();
        });
        ScriptedTransport next = new ScriptedTransport();
        append(log("app.log"), List.of("one"));
        try (Agent agent = started(one(), slow)) {
            await().until(() -> slow.sending() == 1);
            agent.reload(one().agent(), Map.of(OutputConfig.DEFAULT_NAME, next));
            assertThat(slow.isClosed()).isFalse();
            answer.countDown();
            await().until(slow::isClosed);
            append(log("app.log"), List.of("two"));
            await().until(() -> next.texts().equals(List.of("two")));
        }
        assertThat(slow.texts()).containsExactly("one");
    }

    @Test
    void readsWhatIsAddedAndStopsReadingWhatIsTakenAway() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        append(log("app.log"), List.of("one"));
        append(log("other.log"), List.of("two"));
        try (Agent agent = started(one(), transport)) {
            await().until(() -> transport.texts().equals(List.of("one")));
            agent.reload(one().source("o", log("other.log")).agent(), Map.of());
            await().until(() -> transport.texts().equals(List.of("one", "two")));
            agent.reload(settings().source("o", log("other.log")).agent(), Map.of());
            append(log("app.log"), List.of("not any more"));
            append(log("other.log"), List.of("three"));
            await().until(() -> transport.texts().equals(List.of("one", "two", "three")));
            assertThat(agent.board().sources()).hasSize(1);
            assertThat(agent.board().outputs().get(0).delivered().events()).isEqualTo(3);
        }
    }

    @Test
    void goesOnAsItWasWhenPositionsCannotBeSaved() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        append(log("app.log"), List.of("one"));
        try (Agent agent = started(one(), transport)) {
            await().until(() -> transport.texts().equals(List.of("one")));
            Path obstacle = Files.createDirectories(folder.resolve("state/checkpoint.new/obstacle"));
            AgentConfig next = one().batchSize(7).agent();
            assertThatThrownBy(() -> agent.reload(next, Map.of()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("the positions cannot be saved in " + folder.resolve("state"));
            append(log("app.log"), List.of("two"));
            await().until(() -> transport.texts().equals(List.of("one", "two")));

            Files.delete(obstacle);
            assertThat(agent.reload(next, Map.of())).containsExactly(OutputConfig.DEFAULT_NAME);
        }
    }

    @Test
    void doesNotReadWhatIsPausedUntilItIsResumed() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        append(log("app.log"), List.of("one"));
        try (Agent agent = started(one(), transport)) {
            await().until(() -> transport.texts().equals(List.of("one")));
            agent.pause(Set.of("s"));
            agent.reload(one().batchSize(7).agent(), Map.of());
            append(log("app.log"), List.of("two"));
            assertThat(agent.board().paused()).containsExactly("s");
            agent.flush();
            assertThat(transport.texts()).containsExactly("one");
            agent.pause(Set.of());
            await().until(() -> transport.texts().equals(List.of("one", "two")));
        }
    }

    @Test
    void sendsAnOpenBatchWhenAskedTo() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        append(log("app.log"), List.of("one"));
        try (Agent agent = started(one().interval(Duration.ofHours(1)), transport)) {
            await().until(() -> agent.status().linesRead() == 1);
            await().until(() -> {
                agent.flush();
                return transport.texts().equals(List.of("one"));
            });
        }
    }

    @Test
    void sendsAFileAgainWhileRunning() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        append(log("app.log"), List.of("one", "two"));
        try (Agent agent = started(one(), transport)) {
            await().until(() -> transport.texts().size() == 2);
            assertThat(agent.rewind(log("app.log"), null, 4)).singleElement().satisfies(rewound -> {
                assertThat(rewound.from()).isEqualTo(8);
                assertThat(rewound.to()).isEqualTo(4);
            });
            await().until(() -> transport.texts().equals(List.of("one", "two", "two")));
            assertThat(agent.rewind(log("unknown.log"), null, 0)).isEmpty();
        }
    }
}
