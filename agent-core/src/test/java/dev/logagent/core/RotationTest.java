package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import dev.logagent.testkit.Batches;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways files are rotated, each while the agent is up or down. The model test mixes them at random. */
@ParameterizedClass
@EnumSource
final class RotationTest {

    private final Watching watching;
    private final Path folder;
    private final Path log;
    private final RecordingEvents events = new RecordingEvents();
    private final ScriptedTransport transport = new ScriptedTransport();
    private Settings settings;
    private @Nullable Agent agent;

    RotationTest(Watching watching, @TempDir Path folder) {
        this.watching = watching;
        this.folder = folder;
        this.log = folder.resolve("app.log");
        this.settings = Settings.in(folder.resolve("state")).source("s", log);
    }

    @AfterEach
    void stop() {
        if (agent != null) {
            agent.close();
        }
    }

    private void start() throws IOException {
        Agent started = new Agent(
                settings.agent(),
                Map.of(OutputConfig.DEFAULT_NAME, transport),
                output -> events,
                watching.watchers(),
                CrashPoints.NONE);
        agent = started;
        started.start();
    }

    /** Text that is long enough for a file to be recognised by. */
    private static List<String> lines(String prefix) {
        return Batches.numberedLines(prefix + " " + "x".repeat(40), 20);
    }

    private void append(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path rotated(int number) {
        return folder.resolve("app.log." + number);
    }

    private void compress(Path file) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(file + ".gz")))) {
            Files.copy(file, out);
        }
        Files.delete(file);
    }

    @SafeVarargs
    private void expect(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        await().until(() -> transport.texts().size() >= all.size());
        stop();
        assertThat(transport.texts()).isEqualTo(all);
    }

    @Test
    void readsTheOldFileToItsEndBeforeTheNewOne() throws Exception {
        start();
        append(log, lines("one"));
        await().until(() -> transport.texts().size() == 20);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            Files.move(log, rotated(1));
            append(log, lines("two"));
            await().until(() -> transport.texts().size() == 40);
            writer.write(ByteBuffer.wrap("late\n".getBytes(StandardCharsets.UTF_8)));
        }

        expect(lines("one"), lines("two"), List.of("late"));
    }

    @Test
    void readsSeveralRotationsThatHappenedWhileItWasDownOldestFirst() throws Exception {
        append(log, lines("one"));
        start();
        await().until(() -> transport.texts().size() == 20);
        stop();
        append(log, lines("two"));
        Files.move(log, rotated(2));
        append(rotated(1), lines("three"));
        append(log, lines("four"));

        start();

        expect(lines("one"), lines("two"), lines("three"), lines("four"));
    }

    @Test
    void readsTheRestOfAFileThatWasCompressedWhileItWasDown() throws Exception {
        append(log, lines("one"));
        start();
        await().until(() -> transport.texts().size() == 20);
        stop();
        append(log, lines("two"));
        Files.move(log, rotated(1));
        compress(rotated(1));
        append(log, lines("three"));

        start();

        expect(lines("one"), lines("two"), lines("three"));
    }

    @Test
    void doesNotRepeatAFileThatIsCompressedAfterItWasRead() throws Exception {
        append(log, lines("one"));
        start();
        await().until(() -> transport.texts().size() == 20);
        Files.move(log, rotated(1));
        append(log, lines("two"));
        await().until(() -> transport.texts().size() == 40);
        compress(rotated(1));
        append(log, lines("three"));
        await().until(() -> transport.texts().size() == 60);
        stop();

        start();
        append(log, lines("four"));

        expect(lines("one"), lines("two"), lines("three"), lines("four"));
    }

    @Test
    void findsARotatedFileThoughNoNewOneHasComeInItsPlace() throws Exception {
        settings = Settings.in(folder.resolve("state")).source("s", folder + "/*.log");
        append(log, lines("one"));
        start();
        await().until(() -> transport.texts().size() == 20);
        stop();
        append(log, lines("two"));
        Files.move(log, rotated(1));

        start();

        expect(lines("one"), lines("two"));
    }

    @Test
    void takesTheUnreadRestFromTheCopyOfATruncatedFile() throws Exception {
        append(log, lines("one"));
        start();
        await().until(() -> transport.texts().size() == 20);
        stop();
        append(log, lines("two"));
        Files.copy(log, rotated(1));
        Files.newByteChannel(log, StandardOpenOption.WRITE).truncate(0).close();
        append(log, lines("three"));

        start();

        expect(lines("one"), lines("two"), lines("three"));
    }

    @Test
    void readsAFileThatWasReplacedAndThenRotatedWhileItWasDown() throws Exception {
        append(log, lines("one"));
        start();
        await().until(() -> transport.texts().size() == 20);
        stop();
        Files.write(log, lines("two"), StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(log, rotated(1));
        append(log, lines("three"));

        start();

        expect(lines("one"), lines("two"), lines("three"));
    }

    @Test
    void readsTheNewContentsOfAFileThatWasRewrittenLarger() throws Exception {
        append(log, lines("one"));
        start();
        await().until(() -> transport.texts().size() == 20);
        List<String> larger = new ArrayList<>(lines("two"));
        larger.addAll(lines("three"));
        Files.write(log, larger, StandardOpenOption.TRUNCATE_EXISTING);

        expect(lines("one"), lines("two"), lines("three"));
    }

    @Test
    void readsADeletedFileToItsEnd() throws Exception {
        append(log, lines("one"));
        start();
        await().until(() -> transport.texts().size() == 20);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            Files.delete(log);
            writer.write(ByteBuffer.wrap("last words\n".getBytes(StandardCharsets.UTF_8)));
        }
        append(log, lines("two"));

        expect(lines("one"), List.of("last words"), lines("two"));
    }

    @Test
    void deliversTheUnfinishedLineOfAFileThatIsGone() throws Exception {
        append(log, lines("one"));
        Files.writeString(log, "no newline", StandardOpenOption.APPEND);
        start();
        await().until(() -> transport.texts().size() == 20);
        Files.delete(log);

        expect(lines("one"), List.of("no newline"));
    }

    @Test
    void followsALinkThatIsSwitchedAndReadsTheOldTargetToItsEnd() throws Exception {
        Path old = folder.resolve("target-1");
        Path next = folder.resolve("target-2");
        append(old, lines("one"));
        Files.createSymbolicLink(log, old);
        start();
        await().until(() -> transport.texts().size() == 20);
        append(old, lines("two"));
        append(next, lines("three"));
        Files.createSymbolicLink(folder.resolve("new-link"), next);
        Files.move(
                folder.resolve("new-link"), log, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        expect(lines("one"), lines("two"), lines("three"));
    }

    @Test
    void readsNumberedLogsThatNothingWasRotatedFromInTurns() throws Exception {
        Path first = folder.resolve("worker-1.log");
        Path second = folder.resolve("worker-2.log");
        append(first, Batches.numberedLines("first", 100_000));
        append(second, List.of("second"));
        settings = Settings.in(folder.resolve("state")).source("s", folder.resolve("*.log"));

        start();

        await().until(() -> transport.texts().size() > 100_000);
        assertThat(transport.texts().indexOf("second")).isLessThan(100_000);
    }

    @Test
    void tellsFilesWithTheSameHeaderApart() throws Exception {
        settings = Settings.in(folder.resolve("state")).source("s", folder + "/*.log");
        List<String> header = lines("header " + "y".repeat(200));
        for (int i = 0; i < 50; i++) {
            append(folder.resolve("app-" + (char) ('a' + i % 26) + i + ".log"), header);
        }
        start();

        await().until(() -> transport.texts().size() == 1000);
        stop();
        assertThat(transport.texts()).hasSize(1000);
    }
}
