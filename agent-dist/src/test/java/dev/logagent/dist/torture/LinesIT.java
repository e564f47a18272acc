package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.dist.packaged.AgentProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** What lines are: unfinished ones, long ones, holes, and bytes of every kind. */
final class LinesIT {

    private final Scene scene;

    LinesIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @Scenario
    @DisplayName("T17: a line that is finished much later")
    void waitsForTheRestOfALine() throws Exception {
        scene.start();
        LogFile log = scene.log("app.log").lines(10).beginLine();
        scene.awaitAll();
        TimePasses.of(Duration.ofSeconds(Effort.of(8, 60)));
        log.endLine();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T18: a line that is finished after the agent was killed")
    void deliversALineWholeThoughItWasKilledInTheMiddle() throws Exception {
        scene.start();
        LogFile log = scene.log("app.log").lines(10).beginLine();
        scene.awaitAll();
        scene.kill();
        scene.start();
        log.endLine();
        scene.verify();
    }

    @Scenario
    @DisplayName("T18: a line that is finished while the agent is down, in a file that is rotated then")
    void deliversALineWholeThatIsFinishedInARotatedFile() throws Exception {
        scene.start();
        LogFile log = scene.log("app.log").lines(10).beginLine();
        scene.awaitAll();
        scene.kill();
        log.endLine().rotateTo(scene.path("app.log.1"));
        log.lines(10);
        scene.start();
        scene.verify();
    }

    @Scenario
    @DisplayName("T19: a line without end, in a file that is deleted")
    void deliversTheUnfinishedLineOfADeletedFile() throws Exception {
        LogFile log = scene.log("app.log").lineWithoutEnd();
        scene.start();
        log.delete().close();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T19: a line without end, in a file that is rotated")
    void deliversTheUnfinishedLineOfARotatedFile() throws Exception {
        LogFile log = scene.log("app.log", "old").lineWithoutEnd();
        scene.start();
        log.renameTo(scene.path("app.log.1")).close();
        scene.log("app.log", "new").lines(10);
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T20: a file of ten bytes")
    void deliversAVeryShortFileAtOnce() throws Exception {
        scene.start();
        Files.writeString(scene.path("app.log"), "ten bytes\n");
        await().until(() -> scene.collector().lines("app").size() == 1);
        scene.stop();
        assertThat(scene.collector().lines("app")).containsExactly("ten bytes");
    }

    @Scenario
    @DisplayName("T21: a line without end that does not fit into memory")
    void deliversALineThatIsLargerThanItsMemoryInPieces() throws Exception {
        int megabytes = Effort.of(128, 1024);
        try (OutputStream out = Files.newOutputStream(scene.path("app.log"))) {
            byte[] block = "0123456789abcdef".repeat(65536).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < megabytes; i++) {
                out.write(block);
            }
            out.write('\n');
        }
        scene.log("app.log", "after").lines(100);
        AgentProcess agent = scene.startBy(List.of("env", "LOG_AGENT_JAVA_OPTS=-Xmx64m"));
        scene.awaitAll();
        assertThat(agent.said("longer than max_line_bytes")).as(agent::output).isEqualTo(1);
        scene.stop();
        assertThat(scene.judge().pieces()).hasSize(megabytes).allMatch(piece -> piece.length() == 1 << 20);
        assertThat(scene.judge().repeats()).isZero();
        assertThat(new String(scene.collector().requests().get(0).body(), StandardCharsets.UTF_8))
                .contains("\"partial\":true");
    }

    @Scenario
    @DisplayName("T22: long lines of long characters, cut anywhere")
    void cutsBetweenCharacters() throws Exception {
        scene.global("max_line_bytes = 1024", "max_batch_bytes = 4096");
        String line = "\u20ac\ud83d\udca7\u00fc".repeat(40_000);
        Files.writeString(scene.path("app.log"), "x" + line + "\r\n");
        scene.log("app.log", "after").lines(10);
        scene.start();
        scene.awaitAll();
        scene.stop();
        assertThat(String.join("", scene.judge().pieces())).isEqualTo("x" + line);
    }

    @Scenario
    @DisplayName("T22: characters and CRLF that come byte by byte")
    void joinsCharactersAndLineEndsThatComeByteByByte() throws Exception {
        scene.start();
        String text = "\u20ac\ud83d\udca7 one\r\n\r\ntwo \u00fc\r\n\rthree\r\r\n\n";
        try (FileChannel out =
                FileChannel.open(scene.path("app.log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
                out.write(ByteBuffer.wrap(new byte[] {one}));
                TimePasses.of(Duration.ofMillis(20));
            }
        }
        scene.log("app.log", "after").lines(1);
        scene.awaitAll();
        scene.stop();
        assertThat(String.join("|", scene.judge().pieces())).isEqualTo("\u20ac\ud83d\udca7 one||two \u00fc|\rthree\r|");
    }

    @Scenario
    @DisplayName("T23: a hole of NULs, after a truncation under a writer without O_APPEND")
    void skipsAHoleAndReadsWhatFollows() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        AgentProcess agent = scene.start();
        scene.awaitAll();
        long end = (long) Effort.of(1, 8) << 30;
        try (FileChannel writer = FileChannel.open(log.path(), StandardOpenOption.WRITE)) {
            writer.truncate(0);
            writer.write(
                    ByteBuffer.wrap((scene.ledger().next("app.log").text() + "\n").getBytes(StandardCharsets.UTF_8)),
                    end);
            scene.ledger().written("app.log");
        }
        log.lines(100);
        scene.verifyOnce();
        assertThat(agent.said("skipped a hole of " + end + " NUL bytes"))
                .as(agent::output)
                .isEqualTo(1);
    }

    @Scenario
    @DisplayName("T24: every byte there is")
    void deliversEveryByte() throws Exception {
        try (OutputStream out = Files.newOutputStream(scene.path("app.log"))) {
            for (int value = 0; value < 256; value++) {
                if (value != '\n') {
                    out.write(new byte[] {'<', (byte) value, '>', '\n'});
                }
            }
            out.write(
                    "half a euro \u00e2\u0082, a surrogate \u00ed\u00a0\u0080\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        scene.log("app.log", "after").lines(1);
        scene.start();
        scene.awaitAll();
        scene.stop();
        List<String> lines = scene.judge().pieces();
        assertThat(lines).hasSize(256);
        for (int value = 0; value < 0x80; value++) {
            if (value != '\n') {
                assertThat(lines.get(value < '\n' ? value : value - 1)).isEqualTo("<" + (char) value + ">");
            }
        }
        assertThat(lines.subList(127, 255)).allMatch("<\ufffd>"::equals);
        assertThat(lines.get(255)).isEqualTo("half a euro \ufffd, a surrogate \ufffd\ufffd\ufffd");
    }

    @Scenario
    @DisplayName("Nobody must lose a line because its file's name is unusual")
    void readsFilesWithUnusualNames() throws Exception {
        scene.follow("logs/*");
        List<String> names = List.of(
                "with space.log",
                "new\nline.log",
                "\u00fc\u20ac\ud83d\udca7.log",
                "-rf",
                "'\"`$(x).log",
                "a\\b",
                "[x]{y}*?.log");
        for (String name : names) {
            scene.log(name, streamOf(name)).lines(10);
        }
        scene.start();
        scene.awaitAll();
        for (String name : names) {
            scene.log(name, streamOf(name)).lines(10).rotateTo(scene.path(name + ".1"));
        }
        scene.verifyOnce();
    }

    private static String streamOf(String name) throws IOException {
        return name.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining("-"));
    }
}
