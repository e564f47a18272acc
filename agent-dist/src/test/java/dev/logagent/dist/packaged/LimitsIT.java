package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent where the host gives it little. */
final class LimitsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private AgentFolder work;
    private CollectorServer collector;

    @BeforeEach
    void start() throws IOException {
        work = new AgentFolder(folder);
        collector = work.collector();
        work.follow("logs/*.log").configure("", "[limits]\nmax_held_deleted_bytes = 1000\n");
    }

    @AfterEach
    void stop() {
        work.close();
    }

    private static List<String> lines(int file, int from, int to) {
        return Lines.numbered("file " + file, from, to);
    }

    private Path file(int number) throws IOException {
        return Files.createDirectories(folder.resolve("logs"))
                .resolve("app-" + (char) ('a' + number % 26) + "-of-" + number + ".log");
    }

    private void awaitLines(List<String> expected) {
        work.awaitLines(expected.size());
        assertThat(collector.lines("app")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void deliversEveryLineOfFiveHundredFilesWithSixtyFourDescriptors() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Files.write(file(i), lines(i, 0, 3));
            expected.addAll(lines(i, 0, 3));
        }
        try (AgentProcess agent = AgentProcess.startWithDescriptors(folder, 64)) {
            awaitLines(expected);
            for (int i = 0; i < 500; i++) {
                Files.write(file(i), lines(i, 3, 4), StandardOpenOption.APPEND);
                expected.addAll(lines(i, 3, 4));
            }
            awaitLines(expected);
            for (int i = 0; i < 500; i += 10) {
                Files.write(file(i), lines(i, 4, 5), StandardOpenOption.APPEND);
                Files.move(file(i), file(i).resolveSibling(file(i).getFileName() + ".1"));
                Files.write(file(i), lines(i, 5, 6));
                expected.addAll(lines(i, 4, 6));
            }
            awaitLines(expected);
            assertThat(agent.said("WARN|ERROR")).as(agent::output).isZero();
            assertThat(agent.terminate()).isZero();
        }
    }

    @Test
    void givesADeletedFileBackSoonAfterItsLastByteIsSafe() throws Exception {
        collector.answerByDefault(Answer.status(503));
        List<String> expected = lines(1, 0, 60_000);
        Files.write(file(1), expected.subList(0, 10));
        try (AgentProcess agent = work.running()) {
            Files.write(file(1), expected.subList(10, expected.size()), StandardOpenOption.APPEND);
            agent.awaitLog("not delivering");
            Files.delete(file(1));
            agent.awaitLog("deleted before they were read hold .* more than max_held_deleted_bytes");
            assertThat(deletedButOpen(agent)).isPositive();

            collector.answerByDefault(Answer.status(200));

            awaitLines(expected);
            await().atMost(PATIENCE).until(() -> deletedButOpen(agent) == 0);
            assertThat(agent.said("deleted before they were read hold")).isEqualTo(1);
            assertThat(agent.terminate()).isZero();
        }
    }

    private static long deletedButOpen(AgentProcess agent) throws IOException {
        long count = 0;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + agent.pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    count += Files.readSymbolicLink(descriptor).toString().endsWith(".log (deleted)") ? 1 : 0;
                } catch (FileSystemException e) {
                    count += 0; // closed meanwhile
                }
            }
        }
        return count;
    }

    @Test
    void namesWhatIsNoFileOnceAndReadsItWhenItBecomesOne() throws Exception {
        Path fifo = file(1);
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Files.createDirectories(file(2));
        Files.write(file(3), lines(3, 0, 1));
        try (AgentProcess agent = work.running()) {
            awaitLines(lines(3, 0, 1));
            agent.awaitLog("cannot read .*app-b-of-1.log: not a regular file");
            Files.delete(fifo);
            Files.write(fifo, lines(1, 0, 5));
            Files.delete(file(2));
            Files.write(file(2), lines(2, 0, 5));

            List<String> expected = new ArrayList<>(lines(3, 0, 1));
            expected.addAll(lines(1, 0, 5));
            expected.addAll(lines(2, 0, 5));
            awaitLines(expected);
            assertThat(agent.said("app-b-of-1.log: not a regular file"))
                    .as(agent::output)
                    .isEqualTo(1);
            assertThat(agent.said("app-c-of-2.log: not a regular file"))
                    .as(agent::output)
                    .isEqualTo(1);
            assertThat(agent.terminate()).isZero();
        }
    }

    @Test
    void losesNothingWhenASmallDescriptorLimitAndASlowWriterMeet() throws Exception {
        for (int i = 0; i < 40; i++) {
            Files.write(file(i), lines(i, 0, 1));
        }
        Files.writeString(work.config(), "max_open_files = 2\n", StandardOpenOption.APPEND);
        List<String> expected = new ArrayList<>();
        try (AgentProcess agent = work.running();
                FileChannel writer = FileChannel.open(file(0), StandardOpenOption.APPEND)) {
            for (int i = 0; i < 40; i++) {
                expected.addAll(lines(i, 0, 1));
            }
            awaitLines(expected);
            String line = lines(0, 1, 2).get(0) + "\n";
            for (byte one : line.getBytes(StandardCharsets.UTF_8)) {
                writer.write(ByteBuffer.wrap(new byte[] {one}));
            }
            expected.addAll(lines(0, 1, 2));
            awaitLines(expected);
            assertThat(agent.terminate()).isZero();
        }
    }
}
