package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.dist.packaged.AgentProcess;
import dev.logagent.testkit.Answer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of the system, and starts and stops. */
final class LifecycleIT {

    private final Scene scene;

    LifecycleIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @Scenario
    @DisplayName("T33: many files, new ones all the time")
    void remembersManyFiles() throws Exception {
        scene.follow("logs/*/*.log");
        int count = Effort.of(3_000, 100_000);
        writeFiles(0, count);
        scene.start();
        scene.awaitAll();
        writeFiles(count, count + 500);
        scene.awaitAll();
        scene.stop();
        writeFiles(count + 500, count + 1000);
        scene.start();
        scene.verifyOnce();
    }

    private void writeFiles(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            Path folder = Files.createDirectories(scene.path("d" + i / 1000));
            TestLine line = scene.ledger().next("f" + i);
            Files.write(folder.resolve(i + ".log"), (line.text() + "\n").getBytes(StandardCharsets.UTF_8));
            scene.ledger().written("f" + i);
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"max_inotify_watches", "max_inotify_instances"})
    @DisplayName("T45: the system watches no more folders")
    void pollsWhereTheSystemDoesNotTellOfChanges(String limit) throws Exception {
        scene.follow("logs/**/*.log");
        List<LogFile> files = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            files.add(scene.log("d" + i + "/app.log").lines(10));
        }
        AgentProcess agent = scene.startBy(Faults.apart("echo 1 > /proc/sys/user/" + limit));
        agent.awaitLog("following");
        for (LogFile file : files) {
            file.lines(10).rotateTo(file.path().resolveSibling("app.log.1"));
            file.lines(10);
        }
        scene.log("new/folder/app.log").lines(10);
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T45: more changes than the system keeps in mind")
    void findsEverythingWhenHintsAreLost() throws Exception {
        scene.follow("logs/*.log");
        AgentProcess agent = scene.start();
        LogFile log = scene.log("app.log").lines(10);
        scene.awaitAll();
        int queued = Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_queued_events"))
                .get(0));
        assertThat(queued).isGreaterThan(1_000);
        Faults.signal(agent.pid(), "STOP");
        for (int i = 0; i < queued; i += 2) {
            Files.delete(Files.createFile(scene.path("passing-" + i)));
        }
        log.lines(10).rotateTo(scene.path("app.log.1"));
        log.lines(10);
        scene.log("new.log").lines(10);
        Faults.signal(agent.pid(), "CONT");
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T45: more files than the process may open")
    void readsMoreFilesThanItMayOpen() throws Exception {
        scene.follow("logs/*.log");
        List<LogFile> files = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            files.add(scene.log("f" + i + ".log").lines(10));
        }
        scene.startBy(Faults.limited("-n 128"));
        scene.awaitAll();
        for (LogFile file : files) {
            file.lines(10).rotateTo(file.path().resolveSibling(file.path().getFileName() + ".1"));
            file.lines(10);
        }
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T45: a writer that maps the file into memory")
    void readsWhatIsWrittenByWayOfMemory() throws Exception {
        scene.start();
        try (FileChannel channel = FileChannel.open(
                scene.path("app.log"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, 65536);
            for (int i = 0; i < 20; i++) {
                memory.put((scene.ledger().next("app.log").text() + "\n").getBytes(StandardCharsets.UTF_8));
                scene.ledger().written("app.log");
                if (i % 5 == 0) {
                    scene.awaitAll();
                }
            }
            scene.awaitAll();
            channel.truncate(memory.position());
        }
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T46: asked to stop with much in flight and a destination that hangs")
    void stopsInTimeAndReadsAgainWhatWasInFlight() throws Exception {
        scene.global("shutdown_timeout_secs = 2");
        scene.collector().answerByDefault(new Answer.Hang());
        LogFile log = scene.log("app.log");
        for (int i = 0; i < 100; i++) {
            log.lines(2000);
        }
        AgentProcess agent = scene.start();
        scene.collector().awaitRequests(1);
        long start = System.nanoTime();
        assertThat(agent.terminate()).as(agent::output).isZero();
        assertThat(java.time.Duration.ofNanos(System.nanoTime() - start)).isLessThan(java.time.Duration.ofSeconds(20));
        agent.awaitLog("events in \\d+ batches are not acknowledged");
        scene.collector().answerByDefault(Answer.status(204));
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T46: a second signal")
    void endsAtOnceWhenItIsAskedTwice() throws Exception {
        scene.global("shutdown_timeout_secs = 600");
        scene.collector().answerByDefault(new Answer.Hang());
        scene.log("app.log").lines(1000);
        AgentProcess agent = scene.start();
        scene.collector().awaitRequests(1);
        Faults.signal(agent.pid(), "TERM");
        agent.awaitLog("asked to stop");
        Faults.signal(agent.pid(), "TERM");
        agent.exitCode();
        scene.collector().answerByDefault(Answer.status(204));
        scene.start();
        scene.verify();
    }

    @Scenario
    @DisplayName("T46: one loud file beside 99 quiet ones")
    void doesNotLetALoudFileHoldUpQuietOnes() throws Exception {
        scene.follow("logs/*.log");
        scene.global("max_batch_size = 5000");
        List<LogFile> quiet = new ArrayList<>();
        for (int i = 0; i < 99; i++) {
            quiet.add(scene.log("quiet-" + i + ".log").lines(1));
        }
        scene.start();
        scene.awaitAll();
        Load load = new Load(scene.log("loud.log"), 30_000);
        try {
            scene.awaitCount("loud.log", 10_000);
            for (LogFile file : quiet) {
                file.lines(1);
            }
            await().atMost(Scene.PATIENCE).until(() -> quiet.stream().allMatch(file -> arrived(file) == 2));
        } finally {
            load.close();
        }
        scene.verifyOnce();
    }

    private int arrived(LogFile file) {
        return scene.judge().count(file.path().getFileName().toString());
    }
}
