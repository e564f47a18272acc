package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.transport.SendResult;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.runtime.Threads;
import dev.logagent.core.runtime.Workers;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who of the workers of a running agent is taken to be stuck, and what becomes of it when one dies. */
final class WorkersTest {

    /** Longer than anybody waits for room before he looks after other things. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ScriptedTransport transport = new ScriptedTransport();

    private Settings settings(Path log) {
        return Settings.in(folder.resolve("state"))
                .memory(64 << 10)
                .batchBytes(8 << 10)
                .shutdown(Duration.ofMillis(100))
                .source("s", log);
    }

    private Agent started(Path log) throws IOException {
        Agent agent = new Agent(
                settings(log).agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> new RecordingEvents());
        agent.start();
        return agent;
    }

    private Path write(int lines) throws IOException {
        List<String> text = IntStream.range(0, lines)
                .mapToObj(i -> "line " + i + " " + "x".repeat(100))
                .toList();
        return Files.write(folder.resolve("app.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> stuck(Agent agent) {
        return agent.board().workers().busyFor(SHORT).stream()
                .map(Workers.Busy::name)
                .toList();
    }

    @Test
    void aSenderThatDoesNotComeBackIsStuckAndNobodyElse() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        transport.usually(batch -> {
            hangs.await();
            return SendResult.delivered();
        });
        try (Agent agent = started(write(5_000))) {
            // Whichever of them has taken the first batch.
            await().until(() -> !stuck(agent).isEmpty());
            assertThat(stuck(agent)).singleElement().asString().startsWith("sender-");
            hangs.countDown();
            await().until(() -> agent.status().eventsDelivered() == 5_000);
            await().until(() -> agent.board().workers().busy().isEmpty());
        }
    }

    @Test
    void whoWaitsForADestinationThatIsAwayIsNotStuck() throws Exception {
        transport.usually(batch -> SendResult.retry("busy"));
        try (Agent agent = started(write(50_000))) {
            // Each one comes later than the one before it: this is more than a second.
            await().atMost(LONG).until(() -> agent.status().retries() > 9);
            assertThat(stuck(agent)).isEmpty();
        }
    }

    @Test
    void anErrorInASenderEndsTheAgent() throws Exception {
        transport.usually(batch -> {
            throw new NoClassDefFoundError("lost/Library");
        });
        try (Agent agent = started(write(1))) {
            assertThat(agent.awaitFailure()).hasRootCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void aTransportThatInterruptsItsThreadEndsTheAgentInsteadOfLosingAWorker() throws Exception {
        transport.usually(batch -> {
            throw new InterruptedException("by nobody");
        });
        try (Agent agent = started(write(1))) {
            assertThat(agent.awaitFailure())
                    .hasMessageContaining("worker sender-1")
                    .hasMessageContaining("interrupted");
        }
    }

    @Test
    void aReloadThatInterruptsSendersIsNoFailure() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        transport.usually(batch -> {
            sending.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(Long.MAX_VALUE);
            }
            return SendResult.retry("interrupted");
        });
        Path log = write(100);
        try (Agent agent = started(log)) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Threads.start("failure", () -> {
                try {
                    failure.complete(agent.awaitFailure());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            sending.await();
            agent.reload(settings(log).batchBytes(4 << 10).agent(), Map.of());
            transport.usually(batch -> SendResult.delivered());
            agent.reload(settings(log).batchBytes(8 << 10).agent(), Map.of());
            await().until(() -> agent.status().eventsDelivered() >= 100);
            assertThat(failure).isNotDone();
        }
    }

    @Test
    void aStopIsNoFailure() throws Exception {
        Agent agent = started(write(100));
        try (agent) {
            await().until(() -> agent.status().eventsDelivered() == 100);
            assertThat(agent.board().isDraining()).isFalse();
        }
        assertThat(agent.board().isDraining()).isTrue();
        assertThat(agent.board().workers().busy()).isEmpty();
    }
}
