package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than can be kept in memory, and faster than it can be sent. */
final class LargeIT {

    private static final int LINE_BYTES = 1024;

    /** Less than half of what the heap alone may take up, but more than an agent on a fast way needs. */
    private static final long MUCH_MEMORY = 180 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(Effort.of(90, 600));

    private final Scene scene;
    private final FastDestination destination = new FastDestination();

    LargeIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
        destination.open();
        scene.sendTo(destination.url()).global("max_batch_size = 5000");
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
        destination.close();
    }

    private OutputStream append(String name) throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(scene.path(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND), 1 << 20);
    }

    private static void write(OutputStream out, String stream, long from, long to) throws IOException {
        for (long i = from; i < to; i++) {
            out.write(FastDestination.line(stream, i, LINE_BYTES).getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    /** Waits until everything has come, in order. */
    private void awaitLines(String stream, long count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(destination.count(stream))
                        .as(() -> destination.fault() + "\n" + scene.story())
                        .isEqualTo(count));
    }

    private void verifyThatItIsStillSmall() throws IOException {
        assertThat(Faults.peakMemory(scene.agent().pid())).as("peak memory").isLessThan(MUCH_MEMORY);
    }

    @Test
    @DisplayName("T46: one file grows by 100 MB/s, beside 99 quiet ones")
    void deliversQuietFilesWhileAnotherOneGrowsByAHundredMegabytesASecond() throws Exception {
        int quiet = 99;
        long linesPerSecond = 100_000_000L / LINE_BYTES;
        scene.follow("logs/*.log");
        for (int i = 0; i < quiet; i++) {
            try (OutputStream out = append("quiet-" + i + ".log")) {
                write(out, "quiet-" + i, 0, 1);
            }
        }
        scene.start();
        long loud = 0;
        try (OutputStream out = append("loud.log")) {
            long start = System.nanoTime();
            for (int part = 0; part < Effort.of(30, 200); part++) {
                write(out, "loud", loud, loud + linesPerSecond / 10);
                loud += linesPerSecond / 10;
                if (part == 10) {
                    for (int i = 0; i < quiet; i++) {
                        try (OutputStream one = append("quiet-" + i + ".log")) {
                            write(one, "quiet-" + i, 1, 2);
                        }
                    }
                }
                LockSupport.parkNanos(start + (part + 1) * 100_000_000L - System.nanoTime());
            }
        }
        for (int i = 0; i < quiet; i++) {
            awaitLines("quiet-" + i, 2);
        }
        awaitLines("loud", loud);
        verifyThatItIsStillSmall();
        scene.stop();
        assertThat(destination.fault()).isNull();
        assertThat(destination.repeats()).isZero();
    }

    @Test
    @DisplayName("T38: gibibytes in the spool, and little memory")
    void deliversASpoolOfGibibytes() throws Exception {
        long lines = Effort.of(200, 4096) * (1L << 20) / LINE_BYTES;
        scene.table("[buffer]", "max_memory_bytes = 4194304", "max_disk_bytes = 8589934592");
        destination.leave();
        try (OutputStream out = append("app.log")) {
            write(out, "app", 0, lines);
        }
        scene.start();
        Files.delete(scene.path("app.log"));
        await().atMost(PATIENCE)
                .until(() ->
                        Faults.openFiles(scene.agent().pid()).stream().noneMatch(name -> name.contains("app.log")));
        scene.stop();
        destination.open();
        scene.launch(List.of());
        awaitLines("app", lines);
        scene.agent().awaitLog("everything that was on disk is delivered");
        verifyThatItIsStillSmall();
        scene.stop();
        assertThat(destination.fault()).isNull();
        assertThat(destination.repeats()).isZero();
    }
}
