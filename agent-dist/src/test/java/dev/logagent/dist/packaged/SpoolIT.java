package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.spool.BatchCodec;
import dev.logagent.core.spool.Spool;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program does with lines while its destination is away for longer than memory lasts. */
final class SpoolIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private CollectorServer collector;
    private Path log;
    private int written;

    @BeforeEach
    void start() throws IOException {
        collector = CollectorServer.start();
        log = Files.createFile(folder.resolve("app.log"));
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                state_dir = "state"
                start_at = "beginning"
                interval_secs = 0.05
                max_batch_bytes = 65536
                max_line_bytes = 65536
                shutdown_timeout_secs = 1
                [buffer]
                max_memory_bytes = 524288
                [[sources]]
                name = "app"
                log_path = "app.log"
                """.formatted(collector.url("/log")));
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private void write(int lines) throws IOException {
        Files.write(
                log,
                Lines.numbered("app", written, written + lines),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        written += lines;
    }

    private long spooledBytes() {
        try (Stream<Path> files = Files.list(folder.resolve("state/spool"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            return 0; // not there yet, or one of the files has just been deleted
        }
    }

    /** Waits until so many bytes of the log are certainly on disk: records take a little more than their lines. */
    private void awaitSpooled(long bytes) {
        await().atMost(PATIENCE).until(() -> spooledBytes() > bytes + bytes / 20 + 65_536);
    }

    private void awaitDelivered() {
        await().atMost(PATIENCE).until(() -> collector.lines("app").size() >= written);
        await().atMost(PATIENCE).until(() -> new LinkedHashSet<>(collector.lines("app")).size() == written);
        assertThat(new LinkedHashSet<>(collector.lines("app")))
                .as("in order, repeats apart")
                .containsExactlyElementsOf(Lines.numbered("app", 0, written));
    }

    private JsonNode spool() throws Exception {
        try (AgentProcess command = AgentProcess.start(folder, "spool", "--json")) {
            assertThat(command.exitCode()).as(command::output).isZero();
            return new ObjectMapper().readTree(command.output()).get(0);
        }
    }

    @Test
    void keepsLinesOfAFileThatIsGoneThoughItIsKilledWhileTheServerIsAway() throws Exception {
        collector.stop();
        write(60_000);
        try (AgentProcess agent = AgentProcess.running(folder)) {
            long first = Files.size(log);
            Path rotated = Files.move(log, folder.resolve("app.log.1"));
            write(40_000);
            awaitSpooled(first);
            Files.delete(rotated);
            assertThat(spool().get("batches").asLong()).isPositive();
            agent.kill();
        }
        JsonNode left = spool();
        assertThat(left.get("output").asText()).isEqualTo("default");
        assertThat(left.get("oldest").asText()).startsWith("20");
        assertThat(left.get("damaged_segments").asInt()).isZero();
        try (AgentProcess agent = AgentProcess.running(folder)) {
            assertThat(agent.said("batches .* from earlier are in ")).isEqualTo(1);
            collector.restart();
            awaitDelivered();
            agent.awaitLog("everything that was on disk is delivered");
            assertThat(agent.terminate()).isZero();
        }
        assertThat(spool().get("batches").asLong()).isZero();
        assertThat(spool().get("bytes").asLong()).isZero();
    }

    @Test
    void deliversABacklogOfTwentyTimesItsHeapWithBoundedMemory() throws Exception {
        int heapMegabytes = 24;
        int batches = 20 * heapMegabytes;
        fillSpool(batches);
        try (AgentProcess agent = AgentProcess.startBy(
                List.of("env", "LOG_AGENT_JAVA_OPTS=-Xmx" + heapMegabytes + "m -XX:+ExitOnOutOfMemoryError"), folder)) {
            await().atMost(PATIENCE).until(() -> collector.requests().size() >= 30);
            agent.awaitLog(batches + " batches .* from earlier");
            assertThat(agent.said("OutOfMemory|should not have happened")).isZero();
            agent.kill();
        }
        List<String> lines = collector.lines("app");
        assertThat(lines.get(0)).startsWith("batch 000000 line 0000 ");
        assertThat(lines).isSorted();
    }

    /** Batches of 1 MiB each, as an earlier life would have left them. */
    private void fillSpool(int batches) throws IOException {
        BatchCodec codec = new BatchCodec();
        Path spoolFolder = folder.resolve("state/spool");
        Files.createDirectories(folder.resolve("state"));
        try (Spool spool = Spool.open(spoolFolder, Long.MAX_VALUE, new AgentEvents() {}, CrashPoints.NONE)) {
            long offset = 0;
            for (int number = 0; number < batches; number++) {
                LineRun run = megabyte(number, offset);
                offset = run.endOffset();
                spool.write(codec.encode(new Batch("test", number + 1, List.of(run))));
            }
            spool.force();
        }
    }

    private static LineRun megabyte(int number, long offset) {
        int lines = 1024;
        StringBuilder text = new StringBuilder(1 << 20);
        int[] starts = new int[lines + 1];
        for (int line = 0; line < lines; line++) {
            text.append("batch %06d line %04d ".formatted(number, line))
                    .append("x".repeat(1000))
                    .append('\n');
            starts[line + 1] = text.length();
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        return new LineRun(
                SourceInfo.named("app"), new FileInfo("/var/log/gone.log", 7), 0, bytes, starts, lines, offset, false);
    }

    @Test
    void goesOnByItselfWhenTheDiskOfTheSpoolWasFull() throws Exception {
        Path spoolFolder = Files.createDirectories(folder.resolve("state/spool"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", spoolFolder.toString());
        if (!mounted) {
            System.err.println("tmpfs cannot be mounted here; using max_disk_bytes instead, the spool's own limit");
            Files.writeString(
                    folder.resolve("log-agent.config"),
                    Files.readString(folder.resolve("log-agent.config"))
                            .replace("[buffer]", "[buffer]\nmax_disk_bytes = 1048576"));
        }
        try {
            collector.stop();
            write(60_000);
            try (AgentProcess agent = AgentProcess.running(folder)) {
                agent.awaitLog(mounted ? "spool cannot be used .*[Nn]o space" : "there is no room for more");
                collector.restart();
                awaitDelivered();
                assertThat(agent.terminate()).isZero();
            }
        } finally {
            if (mounted) {
                assertThat(run("umount", spoolFolder.toString())).isTrue();
            }
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(new ArrayList<>(List.of(command)))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }
}
