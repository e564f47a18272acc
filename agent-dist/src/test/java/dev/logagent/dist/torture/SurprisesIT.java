package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.packaged.AgentProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What nobody has put on the list: things that people and programs do to log files all the same. */
final class SurprisesIT {

    private final Scene scene;

    SurprisesIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    private void whileStopped(Action action) throws Exception {
        AgentProcess agent = scene.agent();
        Faults.signal(agent.pid(), "STOP");
        action.run();
        Faults.signal(agent.pid(), "CONT");
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Scenario
    void readsAFileToItsEndThatAnotherOneIsRenamedOver() throws Exception {
        LogFile log = scene.log("app.log", "old").lines(100);
        scene.start();
        scene.awaitAll();
        whileStopped(() -> {
            log.lines(1000);
            replace(scene.log("made", "new").lines(100).path(), log.path());
        });
        scene.awaitAll();
        log.lines(10);
        scene.verifyOnce();
    }

    @Scenario
    void goesOnInAFileThatMovedAndLeftALink() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        Path elsewhere = Files.createDirectories(scene.path("elsewhere")).resolve("app.log");
        log.renameTo(elsewhere).lines(100);
        Files.createSymbolicLink(scene.path("app.log"), elsewhere);
        scene.awaitAll();
        log.lines(100);
        scene.awaitAll();
        scene.stop();
        log.lines(100);
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    void keepsTwoFilesApartThatSwapTheirNames() throws Exception {
        scene.follow("logs/*.log");
        LogFile one = scene.log("one.log").lines(100);
        LogFile two = scene.log("two.log").lines(100);
        scene.start();
        scene.awaitAll();
        for (int i = 0; i < 3; i++) {
            one.lines(50);
            two.lines(50);
            replace(scene.path("one.log"), scene.path("third"));
            replace(scene.path("two.log"), scene.path("one.log"));
            replace(scene.path("third"), scene.path("two.log"));
            one.lines(50);
            two.lines(50);
        }
        scene.awaitAll();
        scene.stop();
        replace(scene.path("one.log"), scene.path("third"));
        replace(scene.path("two.log"), scene.path("one.log"));
        replace(scene.path("third"), scene.path("two.log"));
        one.lines(50);
        two.lines(50);
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    void goesOnUnderAnotherNameWhenTheFirstIsDeleted() throws Exception {
        scene.follow("logs/*.log");
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        Files.createLink(scene.path("kept.log"), log.path());
        log.delete().lines(100);
        scene.awaitAll();
        scene.stop();
        log.lines(100);
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    void readsWhatWasRotatedTwiceAndCompressedWhileItWasDown() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        scene.kill();
        log.lines(100).rotateTo(scene.path("app.log.2"));
        log.lines(100).rotateTo(scene.path("app.log.1"));
        Faults.run("gzip", scene.path("app.log.2").toString());
        Faults.run("gzip", scene.path("app.log.1").toString());
        log.lines(100);
        scene.start();
        scene.verify();
    }

    @Scenario
    void losesNothingWhenFilesGrowWhileItStops() throws Exception {
        scene.log("app.log").lines(1);
        LogFile log = scene.log("app.log");
        try (Load load = new Load(log, 10_000)) {
            for (int i = 0; i < 4; i++) {
                scene.start();
                int before = scene.judge().count("app.log");
                scene.awaitCount("app.log", before + 1);
                Path rotated = scene.path("app.log-2026112" + i);
                load.between(file -> file.rotateTo(rotated));
                scene.stop();
            }
        }
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    void followsAFolderThatIsRenamedAndMadeAnew() throws Exception {
        scene.follow("logs/*/app.log");
        LogFile log = scene.log("a/app.log", "first").lines(100);
        scene.start();
        scene.awaitAll();
        replace(scene.path("a"), scene.path("b"));
        log.lines(100);
        LogFile second = scene.log("a/app.log", "second").lines(100);
        scene.awaitAll();
        replace(scene.path("b"), scene.folder().resolve("out-of-sight"));
        log.lines(10);
        second.lines(100);
        scene.verifyOnce();
    }

    @Scenario
    void followsAFolderThatIsDeletedAndMadeAnew() throws Exception {
        scene.follow("logs/deep/er/app.log");
        LogFile log = scene.log("deep/er/app.log").lines(100);
        scene.start();
        scene.awaitAll();
        for (int i = 0; i < 3; i++) {
            log.lines(100).delete();
            Faults.run("rm", "-r", scene.path("deep").toString());
            log = scene.log("deep/er/app.log").lines(100);
            scene.awaitAll();
        }
        scene.verifyOnce();
    }

    @Scenario
    void readsAFileThatStandsWhereSomethingElseWas() throws Exception {
        scene.follow("logs/*.log");
        Faults.run("mkfifo", scene.path("fifo.log").toString());
        Files.createDirectory(scene.path("folder.log"));
        Files.createSymbolicLink(scene.path("dangling.log"), scene.path("target"));
        AgentProcess agent = scene.start();
        agent.awaitLog("cannot read .*fifo.log: not a regular file");
        Files.delete(scene.path("fifo.log"));
        Files.delete(scene.path("folder.log"));
        scene.log("fifo.log").lines(100);
        scene.log("folder.log").lines(100);
        scene.log("target", "dangling").lines(100);
        scene.awaitAll();
        assertThat(agent.said("not a regular file")).as(agent::output).isEqualTo(1);
        scene.verifyOnce();
    }

    @Scenario
    void readsAFileAgainThatWasUnreadableForAWhile() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        AgentProcess agent = scene.startBy(Faults.withoutPrivilege());
        scene.awaitAll();
        log.lines(100).rotateTo(scene.path("app.log.1"));
        Faults.permissions(log.path(), "---------");
        agent.awaitLog("cannot read .*app.log: permission denied");
        log.lines(100);
        Faults.permissions(log.path(), "rw-------");
        scene.awaitAll();
        agent.awaitLog("app.log can be read again");
        log.lines(100);
        scene.verifyOnce();
    }

    @Scenario
    void readsAFileFromAnUnreadableFolderOnceItMay() throws Exception {
        scene.follow("logs/secret/*.log");
        LogFile log = scene.log("secret/app.log").lines(100);
        Faults.permissions(scene.path("secret"), "---------");
        AgentProcess agent = scene.launch(Faults.withoutPrivilege());
        agent.awaitLog("cannot read .*secret: permission denied");
        Faults.permissions(scene.path("secret"), "rwxr-xr-x");
        scene.awaitAll();
        Faults.permissions(scene.path("secret"), "---------");
        log.lines(100);
        scene.awaitAll();
        Faults.permissions(scene.path("secret"), "rwxr-xr-x");
        log.lines(100);
        scene.verifyOnce();
    }

    @Scenario
    void trustsNoTimesOfFiles() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        touch(log.path(), "2038-01-19T00:00:00Z");
        scene.start();
        scene.awaitAll();
        log.lines(100);
        touch(log.path(), "1970-01-01T00:00:00Z");
        scene.awaitAll();
        scene.stop();
        log.lines(100).rotateTo(scene.path("app.log.1"));
        touch(scene.path("app.log.1"), "2038-01-19T00:00:00Z");
        log.lines(100);
        touch(log.path(), "1970-01-01T00:00:00Z");
        scene.start();
        scene.verify();
    }

    private static void touch(Path path, String time) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse(time)));
    }

    @Scenario
    void readsWhatIsWrittenAfterItsFirstStartThoughItIsKilledAtOnce() throws Exception {
        scene.global("start_at = \"end\"");
        Path path = scene.path("app.log");
        Files.writeString(path, "long before\n");
        scene.start();
        scene.kill();
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        scene.kill();
        log.lines(100);
        scene.start();
        scene.verify();
    }

    @Scenario
    void readsAFileThatIsMountedOverUntilItsEnd() throws Exception {
        Path mount = Files.createDirectories(scene.path("mounted"));
        scene.follow("logs/mounted/*.log");
        LogFile below = scene.log("mounted/app.log", "below").lines(100);
        AgentProcess agent = scene.startBy(Faults.apart("true"));
        scene.awaitAll();
        Faults.runIn(agent.pid(), "mount", "-t", "tmpfs", "none", mount.toString());
        below.lines(100);
        Path above = Faults.seenBy(agent.pid(), mount.resolve("app.log"));
        TestLine line = scene.ledger().next("above");
        Files.write(above, (line.text() + "\n").getBytes(StandardCharsets.UTF_8));
        scene.ledger().written("above");
        scene.awaitAll();
        Faults.runIn(agent.pid(), "umount", "-l", mount.toString());
        below.lines(100);
        scene.verifyOnce();
    }

    @Scenario
    void followsWhatLogrotateDoes() throws Exception {
        scene.follow("logs/*.log");
        LogFile copied = scene.log("copied.log").lines(100);
        LogFile renamed = scene.log("renamed.log").lines(100);
        Path config = scene.folder().resolve("logrotate.conf");
        Files.writeString(config, """
                %1$s/copied.log { rotate 9
                  copytruncate
                  compress
                  delaycompress }
                %1$s/renamed.log { rotate 9
                  create
                  compress
                  nodelaycompress }
                """.formatted(scene.path("")));
        Faults.permissions(config, "rw-r--r--");
        Faults.permissions(scene.path(""), "rwxr-xr-x");
        scene.start();
        for (int i = 0; i < 4; i++) {
            scene.awaitAll();
            copied.lines(100);
            renamed.lines(100);
            boolean down = i == 2;
            if (down) {
                scene.stop();
            }
            Faults.run(
                    "logrotate", "-f", "-s", scene.folder().resolve("rotations").toString(), config.toString());
            renamed.close();
            renamed = scene.log("renamed.log");
            copied.lines(100);
            renamed.lines(100);
            if (down) {
                scene.start();
            }
        }
        scene.verifyOnce();
    }

    @Scenario
    void readsOneFileForTwoSources() throws Exception {
        scene.table("[[sources]]", "name = \"other\"", "log_path = \"logs/*.log\"");
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        log.lines(100).rotateTo(scene.path("app.log.1"));
        log.lines(100);
        Judge other = new Judge(scene.ledger(), scene.collector(), "other");
        scene.awaitAll();
        org.awaitility.Awaitility.await().until(() -> other.look().missing().isEmpty());
        scene.verifyOnce();
        assertThat(other.repeats()).isZero();
        assertThat(other.faults()).isEmpty();
    }
}
