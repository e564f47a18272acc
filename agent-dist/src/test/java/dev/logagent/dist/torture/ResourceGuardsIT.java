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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent is told to take little of its host: it keeps to that, and delivers everything all the same. */
final class ResourceGuardsIT {

    private static final int LINE_BYTES = 200;

    private final Scene scene;
    private final FastDestination destination = new FastDestination();

    ResourceGuardsIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
        destination.open();
        scene.sendTo(destination.url()).global("max_batch_size = 5000");
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
        destination.close();
    }

    private void append(String file, String stream, long from, long to) throws IOException {
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(scene.path(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                1 << 20)) {
            for (long i = from; i < to; i++) {
                out.write(FastDestination.line(stream, i, LINE_BYTES).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void awaitLines(String stream, long count) {
        await().atMost(Scene.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(destination.count(stream))
                        .as(() -> destination.fault() + "\n" + scene.story())
                        .isGreaterThanOrEqualTo(count));
    }

    /**
     * The share of one processor that the agent has used while it delivered a backlog: from its first line, when the program has
     * been started, to its last one. An agent that nobody bounds uses as much as it gets, one or more where nothing else runs.
     */
    private double shareWhileDelivering(String stream, long lines) throws Exception {
        append(stream + ".log", stream, 0, lines);
        scene.start();
        awaitLines(stream, 1);
        long cpu = Faults.cpuMillis(scene.agent().pid());
        long start = System.nanoTime();
        awaitLines(stream, lines);
        double share = (double) (Faults.cpuMillis(scene.agent().pid()) - cpu)
                / TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        scene.stop();
        return share;
    }

    @Test
    void keepsToItsShareOfTheProcessorAndDeliversABacklog() throws Exception {
        scene.follow("logs/*.log").table("[limits]", "cpu_percent = 40");

        double share = shareWhileDelivering("bounded", 1_500_000);

        // What was saved at the beginning, and what was read before the bound was reached, is used on top of it.
        assertThat(share).as("share of a processor").isBetween(0.01, 0.6);
        assertThat(destination.fault()).isNull();
        assertThat(destination.repeats()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_lines_per_sec = 3000", "max_bytes_per_sec = 600000"})
    void aFloodThatIsLimitedKeepsNoOtherFileWaiting(String limit) throws Exception {
        scene.follow("logs/*.log").table("[limits]", limit);
        append("loud.log", "loud", 0, 500_000);
        scene.start();
        awaitLines("loud", 1);
        for (int i = 0; i < 20; i++) {
            append("quiet-" + i + ".log", "quiet-" + i, 0, 2);
        }
        for (int i = 0; i < 20; i++) {
            awaitLines("quiet-" + i, 2);
        }

        assertThat(destination.count("loud"))
                .as("so much of the flood was let through")
                .isLessThan(400_000);
        assertThat(destination.fault()).isNull();
    }
}
