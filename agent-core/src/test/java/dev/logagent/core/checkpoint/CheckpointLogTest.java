package dev.logagent.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.checkpoint.CheckpointStore.Loaded;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.testing.RecordingEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended to the log between two snapshots, and what is left of it after every kind of damage. */
final class CheckpointLogTest {

    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();
    private final Random random = new Random(1);
    private final Positions positions = SamplePositions.of(random, 2);
    private CheckpointStore store = new CheckpointStore(Path.of(""), events);

    @BeforeEach
    void begin() throws IOException {
        store = new CheckpointStore(folder, events);
        store.save(positions);
        positions.takeChanged();
    }

    @AfterEach
    void end() throws IOException {
        store.close();
    }

    private Path log() {
        return folder.resolve("checkpoint.log");
    }

    private FilePosition add(String path) throws IOException {
        FilePosition file = positions.add(SamplePositions.file(random, "source-1", path));
        append();
        return file;
    }

    private void append() throws IOException {
        store.append(positions.takeChanged(), List.of());
    }

    private Loaded load() throws IOException {
        return new CheckpointStore(folder, events).load();
    }

    private Set<String> loaded() throws IOException {
        return SamplePositions.describe(load().positions());
    }

    private Set<String> expected() {
        return SamplePositions.describe(positions);
    }

    private static void advance(FilePosition file, long bytes) {
        long offset = file.acks().position().offset();
        file.resolve(offset, new Position(offset + bytes, new Fingerprint(5, bytes)));
    }

    @Test
    void givesBackWhatWasAppendedAfterTheProcessWasKilled() throws IOException {
        FilePosition file = add("/var/log/new.log");
        for (int i = 1; i < 5; i++) {
            advance(file, i);
            append();
        }
        positions.markScanned("source-1", 1_000_000);
        store.append(List.of(), positions.sources());

        assertThat(loaded()).isEqualTo(expected());
        assertThat(load().damaged()).isFalse();
    }

    @Test
    void writesOnlyWhatHasChanged() throws IOException {
        long before = Files.size(log());
        FilePosition file = add("/var/log/new.log");
        long one = Files.size(log()) - before;
        for (FilePosition other : positions.all()) {
            other.seen(other.sighting());
        }
        advance(file, 1);
        append();

        assertThat(Files.size(log()) - before).isLessThan(3 * one);
    }

    @Test
    void beginsANewLogWithEachSnapshotAndKeepsThePreviousOne() throws IOException {
        add("/var/log/one.log");
        store.save(positions);
        FilePosition file = add("/var/log/two.log");
        Files.write(folder.resolve("checkpoint"), new byte[10]);

        Loaded loaded = load();

        assertThat(SamplePositions.describe(loaded.positions()))
                .as("the previous snapshot, its log, and the newest log hold everything")
                .isEqualTo(expected());
        assertThat(loaded.damaged()).isTrue();
        assertThat(file.sighting().path()).isEqualTo("/var/log/two.log");
    }

    @Test
    void goesOnAfterANewestSnapshotThatWasDamaged() throws IOException {
        add("/var/log/one.log");
        store.save(positions);
        Files.write(folder.resolve("checkpoint"), new byte[10]);

        try (CheckpointStore next = new CheckpointStore(folder, events)) {
            Positions restored = next.load().positions();
            next.save(restored);
            restored.add(SamplePositions.file(random, "source-1", "/var/log/two.log"));
            next.append(restored.takeChanged(), List.of());

            Loaded loaded = load();
            assertThat(SamplePositions.describe(loaded.positions())).isEqualTo(SamplePositions.describe(restored));
            assertThat(loaded.damaged()).isFalse();
        }
    }

    /** The states that the positions went through, oldest first. */
    private List<Set<String>> history() throws IOException {
        List<Set<String>> states = new ArrayList<>();
        states.add(expected());
        FilePosition file = add("/var/log/new.log");
        states.add(expected());
        for (int i = 1; i < 4; i++) {
            advance(file, 10);
            append();
            states.add(expected());
        }
        add("/var/log/last.log");
        states.add(expected());
        return states;
    }

    @Test
    void comesBackToAnEarlierStateWhereverTheLogIsCut() throws IOException {
        List<Set<String>> states = history();
        byte[] good = Files.readAllBytes(log());
        for (int at = 0; at < good.length; at++) {
            byte[] zeroed = good.clone();
            Arrays.fill(zeroed, at, good.length, (byte) 0);
            for (byte[] damaged : List.of(Arrays.copyOf(good, at), zeroed)) {
                Files.write(log(), damaged);
                assertThat(states).as("cut at " + at).contains(loaded());
            }
        }
    }

    @Test
    void losesOnlyTheRecordThatIsDamaged() throws IOException {
        List<Set<String>> states = history();
        Set<String> newest = states.get(states.size() - 1);
        Set<String> known = new TreeSet<>();
        states.forEach(known::addAll);
        byte[] good = Files.readAllBytes(log());
        int startOfLast = good.length - 1;
        while (good[startOfLast - 1] != '\n') {
            startOfLast--;
        }
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 0x20;
            Files.write(log(), flipped);

            Loaded loaded = load();

            Set<String> left = SamplePositions.describe(loaded.positions());
            assertThat(known).as("byte " + at).containsAll(left);
            assertThat(left.size()).as("byte " + at).isGreaterThanOrEqualTo(newest.size() - 1);
            if (at < startOfLast && !left.equals(newest)) {
                assertThat(loaded.damaged()).as("byte " + at).isTrue();
            }
            if (at >= startOfLast) {
                assertThat(loaded.damaged()).as("a torn end at byte " + at).isFalse();
            }
        }
        assertThat(events.named("checkpointDamaged")).isNotEmpty();
    }

    @Test
    void doesNotCountFoldersAsLookedThroughOnceARecordIsMissing() throws IOException {
        long good = Files.size(log());
        add("/var/log/new.log");
        positions.markScanned("source-1", 1_000_000);
        store.append(List.of(), positions.sources());
        byte[] bytes = Files.readAllBytes(log());
        bytes[(int) good + 40] ^= 1;
        Files.write(log(), bytes);

        assertThat(load().positions().scannedMillis("source-1").orElse(0)).isNotEqualTo(1_000_000);
    }

    @Test
    void refusesALogOfANewerAgent() throws IOException {
        JsonBuffer head = new JsonBuffer(64);
        head.raw(JsonBuffer.ascii("{\"log\":99,\"follows\":1}"));
        JsonBuffer record = new JsonBuffer(64);
        LogRecord.append(head, record);
        Files.write(log(), record.toByteArray());

        assertThatThrownBy(this::load)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(log().toString(), "version 99", "state_dir");
        assertThat(log()).exists();
    }

    @Test
    void asksForASnapshotWhenTheLogHasGrown() throws IOException {
        FilePosition file = add("/var/log/new.log");
        while (!store.isSnapshotDue()) {
            advance(file, 1);
            store.append(java.util.Collections.nCopies(100, file), List.of());
        }

        store.save(positions);

        assertThat(store.isSnapshotDue()).isFalse();
        assertThat(Files.size(log())).isLessThan(100);
        assertThat(loaded()).isEqualTo(expected());
    }

    @Test
    void looksWithoutChangingAnything() throws IOException {
        FilePosition file = add("/var/log/new.log");
        byte[] bytes = Files.readAllBytes(log());
        bytes[bytes.length / 2] ^= 1;
        Files.write(log(), bytes);
        Files.write(folder.resolve("checkpoint.previous"), new byte[10]);

        Positions seen = CheckpointStore.peek(folder).positions();

        assertThat(seen.all()).isNotEmpty();
        assertThat(file.sighting().path()).isEqualTo("/var/log/new.log");
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("checkpoint", "checkpoint.previous", "checkpoint.log");
        }
    }

    @Test
    void letsNobodyElseReadIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
                .isEqualTo("rw-------");
    }
}
