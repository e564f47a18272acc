package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** Many files: those at rest cost next to nothing, and whatever happens to one of them is found all the same. */
final class ManyFilesIT {

    private static final Pattern AT_REST = Pattern.compile("\"path\":\"([^\"]+)\"[^\n]*\"sealed_ns\"");

    private final Scene scene;
    private final int count = Effort.of(1_000, 100_000);

    ManyFilesIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
        scene.follow("logs/*/*.log");
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @Scenario
    @DisplayName("T33: a start opens no file at rest, and finds what has changed meanwhile")
    void startsAgainWithoutOpeningFilesAtRest() throws Exception {
        for (int i = 0; i < count; i++) {
            append(i);
        }
        scene.start();
        scene.awaitAll();
        await().atMost(Scene.PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> atRest() == count);
        scene.stop();

        rewriteUnseen(0);
        append(1);
        replaceBySameSize(2);
        scene.start();
        scene.awaitAll();

        assertThat(openLogs()).isLessThan(10);
        for (int i = 0; i < count; i += count / 50) {
            append(i);
        }
        rewriteUnseen(5);
        scene.verifyOnce();
    }

    private Path file(int number) {
        return scene.path("d" + number / 1000 + "/" + number + ".log");
    }

    private byte[] nextLine(int number) {
        return (scene.ledger().next("f" + number).text() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void append(int number) throws IOException {
        Files.createDirectories(scene.path("d" + number / 1000));
        Files.write(file(number), nextLine(number), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        scene.ledger().written("f" + number);
    }

    /** Other contents of the same size under the same inode, and the old modification time. */
    private void rewriteUnseen(int number) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file(number));
        Files.write(file(number), nextLine(number), StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file(number), modified);
        scene.ledger().written("f" + number);
    }

    private void replaceBySameSize(int number) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file(number));
        Files.delete(file(number));
        append(number);
        Files.setLastModifiedTime(file(number), modified);
    }

    /** How many files are known to be at rest on disk. */
    private int atRest() throws IOException {
        Set<String> paths = new HashSet<>();
        for (String name : new String[] {"checkpoint", "checkpoint.log"}) {
            Matcher records = AT_REST.matcher(Files.readString(scene.state().resolve(name)));
            while (records.find()) {
                paths.add(records.group(1));
            }
        }
        return paths.size();
    }

    private long openLogs() throws IOException {
        try (Stream<Path> descriptors =
                Files.list(Path.of("/proc", Long.toString(scene.agent().pid()), "fd"))) {
            return descriptors.filter(this::isLog).count();
        }
    }

    private boolean isLog(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().endsWith(".log")
                    && Files.readSymbolicLink(descriptor).startsWith(scene.path(""));
        } catch (IOException e) {
            return false; // closed by now
        }
    }
}
