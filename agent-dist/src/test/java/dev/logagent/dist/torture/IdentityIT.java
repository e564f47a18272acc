package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Which file is which: contents that change, files that look the same, one file under several names. */
final class IdentityIT {

    private final Scene scene;

    IdentityIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(ints = {10, 100, 150})
    @DisplayName("T6, T7: truncated while the agent is down, new contents shorter, as long, longer")
    void readsNewContentsWholeThatWereWrittenWhileItWasDown(int lines) throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        scene.stop();
        log.truncate().lines(lines);
        scene.start();
        scene.verifyOnce();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(ints = {10, 100, 150})
    @DisplayName("T7: truncated between two looks, new contents shorter, as long, longer")
    void readsNewContentsWholeThatWereWrittenBetweenTwoLooks(int lines) throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        Faults.signal(scene.agent().pid(), "STOP");
        log.truncate().lines(lines);
        Faults.signal(scene.agent().pid(), "CONT");
        scene.verifyOnce();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(booleans = {true, false})
    @DisplayName("T8: truncated, the first line again the same, shorter")
    void readsNewContentsThatBeginAsTheOldOnesDid(boolean up) throws Exception {
        Path log = scene.path("app.log");
        String header = "#Fields: date time " + "x".repeat(200) + "\n";
        Files.writeString(log, header);
        LogFile lines = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        if (up) {
            Faults.signal(scene.agent().pid(), "STOP");
        } else {
            scene.stop();
        }
        lines.truncate();
        Files.writeString(log, header, StandardOpenOption.APPEND);
        lines.lines(10);
        if (up) {
            Faults.signal(scene.agent().pid(), "CONT");
        } else {
            scene.start();
        }
        scene.awaitAll();
        scene.stop();
        assertThat(scene.judge().repeats()).isZero();
        assertThat(scene.judge().pieces()).containsExactly(header.strip(), header.strip());
    }

    @Scenario
    @DisplayName("T9: 50 files with the same first 4 KiB")
    void keepsFilesApartThatBeginAlike() throws Exception {
        scene.follow("logs/*.log");
        String header = ("h".repeat(127) + "\n").repeat(32);
        List<LogFile> files = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Files.writeString(scene.path("twin-" + i + ".log"), header);
            files.add(scene.log("twin-" + i + ".log").lines(20));
        }
        scene.start();
        scene.awaitAll();
        for (LogFile file : files) {
            file.lines(20);
        }
        scene.awaitAll();
        scene.stop();
        assertThat(scene.judge().repeats()).isZero();
        assertThat(scene.judge().pieces()).hasSize(50 * 32);
    }

    @Scenario
    @DisplayName("T10: deleted and made anew until the inode is the same again, while the agent is down")
    void readsANewFileWithAnOldInodeFromItsBeginning() throws Exception {
        LogFile old = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        scene.stop();
        Object inode = Files.getAttribute(old.path(), "unix:ino");
        old.delete().close();
        Path path = scene.path("app.log");
        for (int i = 0; i < 100 && !(Files.exists(path) && inode.equals(Files.getAttribute(path, "unix:ino"))); i++) {
            Files.deleteIfExists(path);
            Files.createFile(path);
        }
        scene.log("app.log").lines(200);
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T13: one file under several names")
    void readsAFileOnceThatHasSeveralNames() throws Exception {
        scene.follow("logs/*.log", "logs/app*", "logs/links/*");
        LogFile log = scene.log("app.log").lines(100);
        Files.createDirectories(scene.path("links"));
        Files.createLink(scene.path("hard.log"), log.path());
        Files.createSymbolicLink(scene.path("soft.log"), log.path());
        Files.createSymbolicLink(scene.path("links/soft"), scene.path("soft.log"));
        scene.start();
        scene.awaitAll();
        log.lines(100);
        scene.awaitAll();
        Files.delete(log.path());
        log.lines(100);
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T15: folders that come into being with their files")
    void findsFilesInNewFolders() throws Exception {
        scene.follow("logs/**/*.log");
        scene.start();
        LogFile deep = scene.log("a/b/c/deep.log").lines(100);
        scene.awaitAll();
        deep.lines(100).delete();
        Faults.run("rm", "-r", scene.path("a").toString());
        scene.log("a/b/c/deep.log").lines(100);
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T15: 2,000 files at once")
    void findsEveryFileOfABurst() throws Exception {
        scene.follow("logs/*.log");
        scene.start();
        for (int i = 0; i < 2000; i++) {
            Path file = scene.path("burst-" + i + ".log");
            TestLine line = scene.ledger().next("burst");
            Files.write(file, (line.text() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        scene.ledger().written("burst");
        scene.awaitAll();
        scene.stop();
        assertThat(scene.judge().repeats()).isZero();
        assertThat(scene.judge().pieces()).isEmpty();
    }
}
