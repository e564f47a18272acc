package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.dist.packaged.AgentProcess;
import dev.logagent.testkit.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** Files are renamed, copied, deleted and switched while the agent follows them. */
final class RotationIT {

    private final Scene scene;

    RotationIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @Scenario
    @DisplayName("T1: 200 rotations at full speed")
    void losesAndRepeatsNothingWhenAFileIsRotatedAgainAndAgain() throws Exception {
        scene.start();
        LogFile log = scene.log("app.log");
        try (Load load = new Load(log, 10_000)) {
            for (int i = 1; i <= 200; i++) {
                Path rotated = scene.path("app.log-20261121-" + (1000 + i));
                TimePasses.of(Duration.ofMillis(Effort.of(50, 100)));
                load.between(file -> file.rotateTo(rotated));
            }
        }
        scene.verifyOnce();
        assertThat(scene.judge().count("app.log")).isGreaterThan(10_000);
    }

    @Scenario
    @DisplayName("T2: a writer that keeps the old file")
    void readsWhatIsWrittenLongAfterTheRename() throws Exception {
        scene.start();
        LogFile old = scene.log("app.log", "old").lines(10);
        scene.awaitAll();
        old.renameTo(scene.path("app.log.1"));
        scene.log("app.log", "new").lines(10);
        scene.awaitAll();
        for (int i = 0; i < Effort.of(2, 5); i++) {
            TimePasses.of(Duration.ofSeconds(6));
            old.lines(1);
        }
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T3: three rotations between two looks, the rotated files beside the log")
    void readsEveryGenerationThatCanStillBeFound() throws Exception {
        AgentProcess agent = scene.start();
        LogFile log = scene.log("app.log").lines(100);
        scene.awaitAll();
        Faults.signal(agent.pid(), "STOP");
        for (int i = 1; i <= 3; i++) {
            log.lines(100).rotateTo(scene.path("app.log-2026112" + i));
        }
        log.lines(100);
        Faults.signal(agent.pid(), "CONT");
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T3: three rotations between two looks, the rotated files out of sight")
    void losesOnlyFilesThatWereOutOfSightBeforeItCouldOpenThem() throws Exception {
        AgentProcess agent = scene.start();
        LogFile log = scene.log("app.log").lines(100);
        scene.awaitAll();
        Faults.signal(agent.pid(), "STOP");
        log.lines(100).rotateTo(scene.folder().resolve("away-1")); // open: nothing is lost
        log.lines(100).rotateTo(scene.folder().resolve("away-2"));
        scene.ledger().excuse("app.log", 200, 300);
        log.lines(100);
        Faults.signal(agent.pid(), "CONT");
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T4: copied and truncated while 5 MB are unread, the copy beside the log")
    void takesTheUnreadRestFromTheCopyOfATruncatedFile() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        scene.follow("logs/app.log*").table("[buffer]", "max_memory_bytes = 2097152");
        scene.global("max_batch_bytes = 65536", "max_line_bytes = 65536");
        LogFile log = scene.log("app.log").lines(1000);
        scene.start();
        scene.awaitAll();
        scene.collector().answerByDefault(Answer.status(204).delayedUntil(away));
        int more = 0;
        while (log.size() < 6_000_000) {
            log.lines(1000);
            more += 1000;
        }
        scene.collector().awaitRequests(3);
        log.copyTruncateTo(scene.path("app.log.1"));
        log.lines(1000);
        scene.collector().answerByDefault(Answer.status(204));
        away.countDown();
        scene.verifyOnce();
        assertThat(more).isGreaterThan(10_000);
    }

    @Scenario
    @DisplayName("T5: copied and truncated, the copy out of sight")
    void countsWhatIsTruncatedAwayBeforeItWasRead() throws Exception {
        AgentProcess agent = scene.start();
        LogFile log = scene.log("app.log").lines(100);
        scene.awaitAll();
        Faults.signal(agent.pid(), "STOP");
        log.lines(100);
        log.copyTruncateTo(scene.folder().resolve("elsewhere"));
        scene.ledger().excuse("app.log", 100, 200);
        log.lines(150);
        Faults.signal(agent.pid(), "CONT");
        scene.verifyOnce();
        assertThat(agent.said("was truncated or replaced after \\d+ bytes"))
                .as(agent::output)
                .isEqualTo(1);
    }

    @Scenario
    @DisplayName("T5: truncated while known bytes are unread")
    void tellsHowManyBytesWereTruncatedAway() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        scene.table("[buffer]", "max_memory_bytes = 131072");
        scene.global("max_batch_bytes = 65536", "max_line_bytes = 65536");
        scene.collector().answerByDefault(Answer.status(204).delayedUntil(away));
        LogFile log = scene.log("app.log").lines(20_000);
        AgentProcess agent = scene.start();
        scene.collector().awaitRequests(1);
        log.copyTruncateTo(scene.folder().resolve("elsewhere"));
        scene.ledger().excuse("app.log", 0, 20_000);
        log.lines(100);
        scene.collector().answerByDefault(Answer.status(204));
        away.countDown();
        agent.awaitLog("\\d{4,} bytes of .*app.log are lost: truncated before they were read");
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T11: renamed while the agent is down")
    void goesOnWhereItWasInAFileThatWasRenamedWhileItWasDown() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        scene.stop();
        log.lines(100).rotateTo(scene.path("app.log.1"));
        log.lines(100);
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T12: deleted with much unread, while the destination is away")
    void readsADeletedFileToItsEndAndGivesItsSpaceBack() throws Exception {
        scene.start();
        LogFile log = scene.log("app.log").lines(100);
        scene.awaitAll();
        scene.collector().stop();
        for (int i = 0; i < Effort.of(100, 1000); i++) {
            log.lines(2000);
        }
        log.delete();
        log.close();
        scene.agent().awaitLog("not delivering");
        scene.collector().restart();
        scene.awaitAll();
        await().atMost(Scene.PATIENCE)
                .until(() -> Faults.openFiles(scene.agent().pid()).stream()
                        .noneMatch(name -> name.contains("(deleted)") && name.contains("app.log")));
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T14: a link that is switched while its old target has unread lines")
    void readsBothTargetsOfALinkThatIsSwitched() throws Exception {
        scene.follow("logs/current.log");
        Path link = scene.path("current.log");
        LogFile old = scene.log("a/first.txt").lines(100);
        Files.createSymbolicLink(link, old.path());
        AgentProcess agent = scene.start();
        scene.awaitAll();
        Faults.signal(agent.pid(), "STOP");
        old.lines(5000);
        LogFile next = scene.log("b/second.txt").lines(100);
        Path made = Files.createSymbolicLink(scene.path("made"), next.path());
        Files.move(made, link, StandardCopyOption.ATOMIC_MOVE);
        Faults.signal(agent.pid(), "CONT");
        scene.awaitAll();
        old.lines(10);
        next.lines(10);
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T16: the links, folders and rotation of Kubernetes")
    void followsContainersThroughTheRotationOfTheKubelet() throws Exception {
        scene.follow("logs/containers/*.log");
        String pod = "pods/ns_web-0_1f3c/web/0.log";
        LogFile log = scene.log("runtime/abc/abc-json.log", "pod").lines(100);
        Files.createDirectories(scene.path(pod).getParent());
        Files.createSymbolicLink(scene.path(pod), log.path());
        Files.createDirectories(scene.path("containers"));
        Files.createSymbolicLink(scene.path("containers/web-0_ns_web-abc.log"), scene.path(pod));
        scene.start();
        for (int i = 0; i < 4; i++) {
            scene.awaitAll();
            Path rotated = scene.path("runtime/abc/abc-json.log.20261121-10000" + i);
            log.lines(500).rotateTo(rotated);
            log.lines(100);
            if (i > 0) {
                Faults.run(
                        "gzip",
                        scene.path("runtime/abc/abc-json.log.20261121-10000" + (i - 1))
                                .toString());
            }
        }
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T16: the files of Kubernetes, links only to folders of the pods")
    void followsAPodWhoseFileTheKubeletRotatesInPlace() throws Exception {
        scene.follow("logs/containers/*.log");
        LogFile log = scene.log("pods/ns_web-0_1f3c/web/0.log", "pod").lines(100);
        Files.createDirectories(scene.path("containers"));
        Files.createSymbolicLink(scene.path("containers/web-0_ns_web-abc.log"), log.path());
        scene.start();
        for (int i = 0; i < 5; i++) {
            scene.awaitAll();
            boolean down = i % 2 == 1;
            if (down) {
                scene.stop();
            }
            log.lines(500).rotateTo(scene.path("pods/ns_web-0_1f3c/web/0.log.20261121-10000" + i));
            log.lines(100);
            if (i > 0) {
                Path older = scene.path("pods/ns_web-0_1f3c/web/0.log.20261121-10000" + (i - 1));
                Faults.run("gzip", older.toString());
            }
            if (down) {
                scene.start();
            }
        }
        scene.verifyOnce();
    }
}
