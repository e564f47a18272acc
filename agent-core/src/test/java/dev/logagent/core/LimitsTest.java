package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Level;
import dev.logagent.api.transport.SendResult;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig.Priority;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import dev.logagent.testkit.Batches;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast lines are read, and which of them go first. */
final class LimitsTest {

    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final ScriptedTransport transport = new ScriptedTransport();

    private Path append(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Settings settings() {
        return Settings.in(folder.resolve("state"));
    }

    private Agent started(Settings settings) throws IOException {
        Agent agent = new Agent(
                settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> new RecordingEvents());
        agent.start();
        return agent;
    }

    @Test
    void aFloodThatIsLimitedDoesNotStarveAQuietFileOfTheSameSource() throws Exception {
        append("flood.log", Batches.numberedLines("flood", 50_000));
        Path quiet = append("quiet.log", List.of());
        Settings settings = settings().rate(200, 0).source("s", folder.resolve("flood.log"), quiet);
        try (Agent agent = started(settings)) {
            await().until(() -> !transport.texts().isEmpty());
            append("quiet.log", List.of("quiet 1"));
            await().until(() -> transport.texts().contains("quiet 1"));
            append("quiet.log", List.of("quiet 2"));
            await().until(() -> transport.texts().contains("quiet 2"));

            assertThat(agent.status().eventsDelivered()).isLessThan(25_000);
        }
    }

    @Test
    void everyLineOfALimitedSourceArrivesInOrder() throws Exception {
        Path log = append("app.log", Batches.numberedLines("line", 3000));
        try (Agent agent = started(settings().rate(2000, 1 << 20).source("s", log))) {
            agent.awaitDelivered();
        }

        assertThat(transport.texts()).isEqualTo(Files.readAllLines(log));
    }

    @Test
    void aSourceThatIsNoFileIsLimitedAsWell() throws Exception {
        Path quiet = append("quiet.log", List.of());
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Settings settings = settings()
                .source("s", quiet)
                .rate(200, 0)
                .source("net", new Syslog(Syslog.Protocol.TCP, listen, null, false, 1000, 4, 65_536));
        try (Agent agent = started(settings);
                Socket socket = new Socket(listen.getAddress(), port)) {
            Thread sender = new Thread(() -> sendAll(socket, Batches.numberedLines("line", 100_000)));
            sender.setDaemon(true);
            sender.start();
            await().until(() -> !transport.texts().isEmpty());
            // Every source has its turn, whoever floods the agent.
            append("quiet.log", List.of("quiet"));
            await().until(() -> transport.texts().contains("quiet"));

            assertThat(agent.status().eventsDelivered()).isLessThan(50_000);
        }
    }

    private static void sendAll(Socket socket, List<String> lines) {
        try {
            socket.getOutputStream().write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return; // the agent has stopped
        }
    }

    @Test
    void aSourceOfHighPriorityDoesNotWaitForItsBatchWhileOthersDo() throws Exception {
        Path bulk = append("bulk.log", List.of());
        Path urgent = append("urgent.log", List.of());
        Settings settings = settings()
                .interval(NEVER)
                .batchSize(1000)
                .source("bulk", bulk)
                .priority(Priority.HIGH)
                .source("urgent", urgent);
        try (Agent agent = started(settings)) {
            append("bulk.log", List.of("can wait"));
            append("urgent.log", List.of("cannot wait"));
            await().until(() -> transport.texts().contains("cannot wait"));
            append("urgent.log", List.of("nor can this"));
            await().until(() -> transport.texts().contains("nor can this"));

            assertThat(transport.texts()).containsExactly("cannot wait", "nor can this");
            agent.drain();
        }
        assertThat(transport.texts()).contains("can wait");
    }

    @Test
    void aSourceOfHighPriorityOvertakesBatchesThatWaitForTheDestination() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        transport.then(batch -> {
            slow.await();
            return SendResult.delivered();
        });
        Path bulk = append("bulk.log", Batches.numberedLines("bulk", 200));
        Path urgent = append("urgent.log", List.of());
        Settings settings = settings()
                .sendTasks(1)
                .channelBound(2)
                .batchSize(10)
                .source("bulk", bulk)
                .priority(Priority.HIGH)
                .source("urgent", urgent);
        try (Agent agent = started(settings)) {
            await().until(() -> transport.sending() == 1);
            append("urgent.log", List.of("urgent"));
            await().until(() -> agent.board().sources().get(1).counters().lines() == 1
                    && agent.board().outputs().get(0).queue().gauges().batches() > 2);
            slow.countDown();
            agent.awaitDelivered();
        }

        assertThat(transport.delivered().get(1).events().get(0).text()).isEqualTo("urgent");
    }

    @Test
    void aLineOfAnUrgentLevelTakesThoseBeforeItAlong() throws Exception {
        Path log = append("app.log", List.of());
        Settings settings = settings()
                .interval(NEVER)
                .batchSize(1000)
                .urgent(Level.CRITICAL)
                .parser("auto")
                .source("s", log);
        try (Agent agent = started(settings)) {
            append("app.log", List.of("2026-11-21 08:00:00,000 INFO ready"));
            await().until(() -> agent.board().sources().get(0).counters().lines() == 1);
            assertThat(transport.texts()).isEmpty();
            append("app.log", List.of("2026-11-21 08:00:01,000 CRITICAL gone"));
            await().until(() -> transport.texts().size() == 2);
        }
    }
}
