package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.dist.packaged.AgentProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** The destination is away, memory is full, and lines go to disk. */
final class SpoolIT {

    private static final String SPOOLING = "writing what waits for it to";

    private final Scene scene;

    SpoolIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder)
                .global(
                        "max_batch_bytes = 65536",
                        "max_line_bytes = 65536",
                        "max_batch_size = 500",
                        "max_send_task = 2");
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    private Scene buffer(long disk, String... more) {
        return scene.table(
                "[buffer]", "max_memory_bytes = 262144", "max_disk_bytes = " + disk, String.join("\n", more));
    }

    /** A file much larger than memory, read while nobody takes anything. */
    private LogFile overflow(int lines) throws IOException {
        LogFile log = scene.log("app.log").lines(lines);
        scene.collector().stop();
        scene.start();
        scene.agent().awaitLog(SPOOLING);
        return log;
    }

    @Scenario
    @DisplayName("T35: the spool is full, and the destination comes back")
    void losesNothingWhenTheSpoolIsFull() throws Exception {
        buffer(2_097_152);
        LogFile log = overflow(50_000);
        scene.agent().awaitLog("there is no room for more");
        log.rotateTo(scene.path("app.log.1"));
        log.lines(1000);
        scene.collector().restart();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T12: what was deleted is delivered from the spool, though the agent was killed")
    void deliversDeletedLinesFromTheSpoolAfterAKill() throws Exception {
        buffer(1 << 30);
        LogFile log = overflow(20_000);
        log.delete().close();
        await().atMost(Scene.PATIENCE)
                .until(() ->
                        Faults.openFiles(scene.agent().pid()).stream().noneMatch(name -> name.contains("app.log")));
        scene.stop();
        scene.start();
        scene.kill();
        scene.collector().restart();
        scene.start();
        scene.verify();
    }

    @Scenario
    @DisplayName("T27: killed again and again while lines go to the spool and come out of it")
    void losesNothingThoughItIsKilledWhileItSpools() throws Exception {
        buffer(1 << 30);
        LogFile log = overflow(20_000);
        for (int i = 0; i < Effort.of(4, 20); i++) {
            log.lines(2000);
            scene.kill();
            if (i % 2 == 1) {
                scene.collector().restart();
            }
            scene.start();
            int before = scene.collector().requests().size();
            if (i % 2 == 1) {
                scene.collector().awaitRequests(before + 1);
                scene.kill();
                scene.collector().stop();
                scene.start();
            }
        }
        scene.collector().restart();
        scene.verify();
    }

    @Scenario
    @DisplayName("T12: more deleted, unread bytes than may be held, and they are to be given up")
    void countsEachByteOfADeletedFileThatItGivesUp() throws Exception {
        scene.table("[limits]", "max_held_deleted_bytes = 1000", "drop_held_deleted = true");
        buffer(2_097_152);
        LogFile log = overflow(50_000);
        scene.agent().awaitLog("there is no room for more");
        log.delete().close();
        scene.agent().awaitLog("bytes of .*app.log are lost: deleted, and max_held_deleted_bytes is used up");
        assertThat(Faults.openFiles(scene.agent().pid())).noneMatch(name -> name.contains("app.log"));
        scene.collector().restart();
        scene.agent().awaitLog("everything that was on disk is delivered");
        scene.stop();
        scene.verifyWhatCame();
        long said = Long.parseLong(scene.story().replaceFirst("(?s).* (\\d+) bytes of \\S*app.log are lost.*", "$1"));
        int lineBytes = new TestLine("app.log", 0).text().getBytes(StandardCharsets.UTF_8).length + 1;
        assertThat(scene.judge().missing()).isNotEmpty().hasSize((int) (said / lineBytes));
    }

    @Scenario
    @DisplayName("T36, T37: segments are damaged, cut, zeroed and missing")
    void deliversWhatIsSoundOfADamagedSpool() throws Exception {
        buffer(1 << 30);
        LogFile log = overflow(50_000);
        log.delete().close();
        await().atMost(Scene.PATIENCE)
                .until(() ->
                        Faults.openFiles(scene.agent().pid()).stream().noneMatch(name -> name.contains("app.log")));
        scene.stop();
        Path segment = largest(scene.state().resolve("spool"));
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
        scene.collector().restart();
        AgentProcess agent = scene.start();
        agent.awaitLog("damaged or missing; delivering the others");
        agent.awaitLog("everything that was on disk is delivered");
        scene.stop();
        assertThat(scene.judge().missing()).as("one batch").hasSizeBetween(1, 500);
        assertThat(scene.judge().pieces()).isEmpty();
    }

    private static Path largest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            Path largest = all.get(0);
            for (Path file : all) {
                largest = Files.size(file) > Files.size(largest) ? file : largest;
            }
            return largest;
        }
    }

    @Scenario
    @DisplayName("T38: much more in the spool than fits into memory")
    void deliversABacklogThatIsLargerThanItsMemory() throws Exception {
        buffer(4L << 30);
        LogFile log = overflow(100_000);
        for (int i = 0; i < Effort.of(4, 150); i++) {
            log.lines(100_000);
        }
        log.delete().close();
        await().atMost(Scene.PATIENCE)
                .until(() ->
                        Faults.openFiles(scene.agent().pid()).stream().noneMatch(name -> name.contains("app.log")));
        scene.stop();
        scene.collector().restart();
        scene.launch(List.of());
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("A full disk under the spool")
    void waitsWhenTheDiskOfTheSpoolIsFull() throws Exception {
        Files.createDirectories(scene.state());
        buffer(1 << 30);
        scene.log("app.log").lines(50_000);
        scene.collector().stop();
        AgentProcess agent =
                scene.startBy(Faults.apart("mount -t tmpfs -o size=2m,mode=700 none '" + scene.state() + "'"));
        agent.awaitLog("spool cannot be used .*[Nn]o space left");
        scene.collector().restart();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("The oldest lines are dropped only if that is asked for, and counted")
    void countsWhatItDropsWhenItIsToldTo() throws Exception {
        buffer(1_048_576, "on_full = \"drop_oldest\"");
        overflow(50_000);
        scene.agent().awaitLog("events were dropped to make room");
        scene.collector().restart();
        await().atMost(Scene.PATIENCE).until(() -> scene.judge().count("app.log") > 0);
        scene.agent().awaitLog("everything that was on disk is delivered");
        // What was neither dropped nor delivered by now has yet to be read.
        await().atMost(Scene.PATIENCE).until(() -> scene.judge().missing().size() <= dropped());
        scene.stop();
        assertThat(scene.judge().missing()).hasSize(dropped());
    }

    private int dropped() {
        return scene.story()
                .lines()
                .filter(line -> line.contains("events were dropped"))
                .mapToInt(line -> Integer.parseInt(line.replaceFirst(".* (\\d+) events were dropped.*", "$1")))
                .sum();
    }
}
