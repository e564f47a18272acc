package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.packaged.AgentProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** What file systems, and those who look after them, do to log files and to the state. */
final class FileSystemsIT {

    private final Scene scene;

    FileSystemsIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    /** Writes lines where another process sees a file. */
    private void write(Path file, String stream, int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(scene.ledger().next(stream).text()).append('\n');
        }
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        scene.ledger().written(stream);
    }

    /** The image of a container brings the file along: the first write copies it, and who has it open sees none of it. */
    @Scenario
    void readsOnInAFileThatAnOverlayCopiesWhenItIsWrittenTo() throws Exception {
        scene.log("lower/app.log", "app.log").lines(100);
        for (String name : new String[] {"upper", "work", "merged"}) {
            Files.createDirectories(scene.path(name));
        }
        scene.follow("logs/merged/*.log");
        AgentProcess agent = scene.startBy(Faults.apart("mount -t overlay -o lowerdir='" + scene.path("lower")
                + "',upperdir='" + scene.path("upper") + "',workdir='" + scene.path("work") + "' none '"
                + scene.path("merged") + "'"));
        scene.awaitAll();
        Path seen = Faults.seenBy(agent.pid(), scene.path("merged/app.log"));
        for (int i = 0; i < 3; i++) {
            write(seen, "app.log", 50);
            scene.awaitAll();
        }
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T45: a file system that does not tell of what others write")
    void readsWhatIsWrittenBehindAFileSystem() throws Exception {
        scene.follow("logs/mounted/*.log");
        LogFile log = scene.log("behind/app.log", "app.log").lines(100);
        Path mounted = Files.createDirectories(scene.path("mounted"));
        Faults.run("bindfs", scene.path("behind").toString(), mounted.toString());
        try {
            scene.start();
            scene.awaitAll();
            for (int i = 0; i < 3; i++) {
                log.lines(50);
                scene.awaitAll();
            }
            LogFile later = scene.log("behind/later.log", "later.log").lines(100);
            scene.awaitAll();
            later.lines(100);
            scene.verifyOnce();
        } finally {
            Faults.run("umount", "--lazy", mounted.toString());
        }
    }

    @Scenario
    void readsBothTargetsOfAFolderThatIsALinkAndIsSwitched() throws Exception {
        scene.follow("logs/current/app.log");
        LogFile first = scene.log("release-1/app.log", "first").lines(100);
        Files.createSymbolicLink(scene.path("current"), scene.path("release-1"));
        scene.start();
        scene.awaitAll();
        first.lines(100);
        LogFile second = scene.log("release-2/app.log", "second").lines(100);
        Files.createSymbolicLink(scene.path("next"), scene.path("release-2"));
        Files.move(scene.path("next"), scene.path("current"), StandardCopyOption.ATOMIC_MOVE);
        first.lines(100);
        second.lines(100);
        scene.awaitAll();
        second.lines(100);
        scene.verifyOnce();
    }

    @Scenario
    void goesOnInFilesThatWereMovedToAnotherFileSystemWhileItWasDown() throws Exception {
        scene.follow("logs/*.log");
        LogFile log = scene.log("app.log").lines(100);
        LogFile other = scene.log("other.log").lines(100);
        scene.start();
        scene.awaitAll();
        log.lines(50).rotateTo(scene.path("app.log.1"));
        log.lines(50);
        scene.awaitAll();
        scene.stop();
        log.lines(50).rotateTo(scene.path("app.log.2"));
        log.lines(50);
        other.lines(50);
        // New inodes and times of birth, the same times of writing.
        Path moved = scene.folder().resolve("moved");
        Faults.run("cp", "-a", scene.path("").toString(), moved.toString());
        Faults.run("rm", "-r", scene.path("").toString());
        Faults.run("mv", moved.toString(), scene.path("").toString());
        write(scene.path("app.log"), "app.log", 50);
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    void takesTheRestFromACopyThatWasCompressedAtOnceWhileItWasDown() throws Exception {
        LogFile log = scene.log("app.log").lines(500);
        scene.start();
        scene.awaitAll();
        scene.kill();
        log.lines(500).copyTruncateTo(scene.path("app.log.1"));
        Faults.run("gzip", scene.path("app.log.1").toString());
        log.lines(300);
        scene.start();
        scene.awaitAll();
        log.lines(300).copyTruncateTo(scene.path("app.log.1"));
        Faults.run("gzip", "-f", "-S", ".2.gz", scene.path("app.log.1").toString());
        log.lines(300);
        scene.verify();
    }

    @Scenario
    void goesOnWhileAReadOnlyFileSystemIsMountedOverItsState() throws Exception {
        Files.createDirectories(scene.state());
        LogFile log = scene.log("app.log").lines(100);
        AgentProcess agent = scene.startBy(Faults.apart("true"));
        scene.awaitAll();
        Faults.runIn(
                agent.pid(),
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "ro",
                "none",
                scene.state().toString());
        agent.awaitLog("positions cannot be saved");
        log.lines(100).rotateTo(scene.path("app.log.1"));
        log.lines(100);
        scene.awaitAll();
        Faults.runIn(agent.pid(), "umount", "-l", scene.state().toString());
        agent.awaitLog("positions can be saved again");
        log.lines(100);
        scene.awaitAll();
        scene.stop();
        log.lines(100);
        scene.start();
        scene.verifyOnce();
        assertThat(agent.said("positions cannot be saved")).isEqualTo(1);
    }

    @Scenario
    void readsAFileWhoseSpaceIsReservedBeforeItIsWritten() throws Exception {
        scene.start();
        Path path = scene.path("app.log");
        Faults.run("fallocate", "-l", "1M", path.toString());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 50; i++) {
                String line = scene.ledger().next("app.log").text() + "\n";
                channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
                scene.ledger().written("app.log");
                if (i % 10 == 0) {
                    scene.awaitAll();
                }
            }
            scene.awaitAll();
            channel.truncate(channel.position());
        }
        scene.verifyOnce();
    }
}
