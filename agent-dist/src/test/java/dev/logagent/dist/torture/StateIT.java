package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.dist.packaged.AgentProcess;
import dev.logagent.testkit.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** What the agent remembers is damaged, lost, or cannot be written. */
final class StateIT {

    private final Scene scene;

    StateIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    /** A way to damage a file. */
    private enum Damage {
        EMPTY,
        CUT,
        ZEROED_AT_ITS_END,
        NULS,
        GARBAGE;

        byte[] of(byte[] bytes) {
            return switch (this) {
                case EMPTY -> new byte[0];
                case CUT -> Arrays.copyOf(bytes, bytes.length / 2);
                case ZEROED_AT_ITS_END -> Arrays.copyOf(Arrays.copyOf(bytes, bytes.length / 2), bytes.length);
                case NULS -> new byte[bytes.length];
                case GARBAGE -> garbage(bytes.length);
            };
        }

        private static byte[] garbage(int length) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            return bytes;
        }
    }

    @Scenario
    @DisplayName("T29, T30: each file of the state damaged in each way, and all of them")
    void startsAndLosesNothingWhateverWasDamaged() throws Exception {
        LogFile log = scene.log("app.log").lines(500);
        scene.start();
        scene.awaitAll();
        scene.kill();
        for (Damage damage : Damage.values()) {
            for (Path file : stateFiles()) {
                damage(file, damage);
                goOn(log);
            }
            for (Path file : stateFiles()) {
                damage(file, damage);
            }
            goOn(log);
        }
        scene.verify();
        assertThat(scene.story()).contains("is damaged").doesNotContain("\tat ");
    }

    private void goOn(LogFile log) throws Exception {
        log.lines(20);
        scene.start();
        scene.awaitAll();
        scene.kill();
    }

    private static void damage(Path file, Damage damage) throws IOException {
        Files.write(file, damage.of(Files.readAllBytes(file)), StandardOpenOption.TRUNCATE_EXISTING);
    }

    private List<Path> stateFiles() throws IOException {
        try (Stream<Path> files = Files.list(scene.state())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().contains("damaged")
                            && !file.getFileName().toString().equals("lock"))
                    .sorted()
                    .toList();
        }
    }

    @Scenario
    @DisplayName("T29: the state of some time ago")
    void repeatsWhatAnOldStateDoesNotKnow() throws Exception {
        LogFile log = scene.log("app.log").lines(500);
        scene.start();
        scene.awaitAll();
        scene.stop();
        Faults.run(
                "cp",
                "-a",
                scene.state().toString(),
                scene.folder().resolve("old").toString());
        log.lines(500).rotateTo(scene.path("app.log.1"));
        log.lines(500);
        scene.start();
        scene.awaitAll();
        scene.kill();
        Faults.run("rm", "-r", scene.state().toString());
        Faults.run("mv", scene.folder().resolve("old").toString(), scene.state().toString());
        log.lines(10);
        scene.start();
        scene.verify();
        assertThat(scene.judge().repeats()).isEqualTo(1000);
    }

    @Scenario
    @DisplayName("T30: a state that cannot be read")
    void saysThatTheStateCannotBeRead() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        AgentProcess first = scene.startBy(Faults.withoutPrivilege());
        scene.awaitAll();
        first.terminate();
        for (Path file : stateFiles()) {
            Faults.permissions(file, "---------");
        }
        log.lines(100);
        AgentProcess second = scene.launch(Faults.withoutPrivilege());
        await().atMost(Scene.PATIENCE)
                .until(() -> !second.isAlive() || scene.judge().missing().isEmpty());
        assertThat(second.output()).containsIgnoringCase("permission denied").doesNotContain("\tat ");
        second.kill();
        for (Path file : stateFiles()) {
            Faults.permissions(file, "rw-------");
        }
        scene.start();
        scene.verify();
    }

    @Scenario
    @DisplayName("T31: the first batches are unacknowledged when a later one is, and the agent is killed")
    void sendsAgainWhatWasNotAcknowledgedThoughLaterLinesWere() throws Exception {
        scene.global("ordering = \"none\"", "max_batch_size = 10", "max_send_task = 3");
        scene.collector().answerNext(new Answer.Hang(), new Answer.Hang());
        scene.log("app.log").lines(30);
        scene.start();
        await().until(() -> scene.judge().count("app.log") == 10);
        scene.kill();
        scene.start();
        scene.awaitAll();
        scene.stop();
        assertThat(scene.judge().pieces()).isEmpty();
    }

    @Scenario
    @DisplayName("T34: a second agent")
    void refusesAStateThatAnotherAgentUses() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        AgentProcess first = scene.start();
        AgentProcess second = scene.launch(List.of());
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("in use by another log-agent");
        log.lines(100);
        scene.awaitAll();
        assertThat(first.terminate()).isZero();
        assertThat(scene.judge().repeats()).isZero();
    }

    @Scenario
    @DisplayName("A full disk under the state, then a kill")
    void goesOnWhenTheDiskOfItsStateIsFull() throws Exception {
        LogFile log = scene.log("app.log").lines(1000);
        Files.createDirectories(scene.state());
        AgentProcess agent =
                scene.startBy(Faults.apart("mount -t tmpfs -o size=128k,mode=700 none '" + scene.state() + "'"));
        scene.awaitAll();
        Path inside = Faults.seenBy(agent.pid(), scene.state());
        fill(inside.resolve("filling"));
        writeUntil("positions cannot be saved", log);
        Files.delete(inside.resolve("filling"));
        writeUntil("positions can be saved again", log);
        fill(inside.resolve("filling"));
        for (int i = 0; i < 20; i++) {
            log.lines(10);
            scene.awaitAll();
        }
        // What a kill leaves on the full disk is what the next life starts from.
        Faults.signal(agent.pid(), "STOP");
        Path kept = scene.folder().resolve("kept");
        Faults.run("cp", "-a", inside.toString(), kept.toString());
        scene.kill();
        Faults.run("rm", "-r", scene.state().toString());
        Faults.run("mv", kept.toString(), scene.state().toString());
        log.lines(1000);
        scene.start();
        scene.verify();
    }

    /** Goes on writing until the agent says something: then it has tried to save what was delivered meanwhile. */
    private void writeUntil(String said, LogFile log) throws Exception {
        while (scene.agent().said(said) == 0) {
            log.lines(10);
            scene.awaitAll();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[1024];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Scenario
    @DisplayName("The state cannot be written any more")
    void goesOnWhenItsStateCannotBeWritten() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        scene.startBy(Faults.withoutPrivilege());
        scene.awaitAll();
        Faults.run(
                "mv", scene.state().toString(), scene.folder().resolve("kept").toString());
        Files.writeString(scene.state(), "in the way");
        writeUntil("positions cannot be saved", log);
        Files.delete(scene.state());
        writeUntil("positions can be saved again", log);
        scene.awaitAll();
        scene.kill();
        log.lines(100);
        scene.start();
        scene.verify();
    }

    @Scenario
    @DisplayName("T34: a second agent, after somebody has deleted the state of the first")
    void keepsOthersFromItsStateThoughTheFolderWasDeleted() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        AgentProcess first = scene.start();
        scene.awaitAll();
        Faults.run("rm", "-r", scene.state().toString());
        await().until(() -> Files.exists(scene.state().resolve("checkpoint")));
        AgentProcess second = scene.launch(List.of());
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("in use by another log-agent");
        log.lines(100);
        scene.awaitAll();
        assertThat(first.terminate()).isZero();
        assertThat(scene.judge().repeats()).isZero();
    }

    @Scenario
    @DisplayName("Somebody deletes the state while the agent runs")
    void savesItsPositionsAgainThoughTheFolderWasDeleted() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        Faults.run("rm", "-r", scene.state().toString());
        log.lines(100);
        scene.awaitAll();
        scene.stop();
        log.lines(100);
        scene.start();
        scene.verifyOnce();
    }
}
