package dev.logagent.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.core.ack.Positions;
import dev.logagent.core.checkpoint.CheckpointStore.Loaded;
import dev.logagent.core.testing.RecordingEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointStoreTest {

    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();
    private final Positions older = SamplePositions.of(new Random(1), 2);
    private final Positions newer = SamplePositions.of(new Random(2), 2);

    private CheckpointStore store() {
        return new CheckpointStore(folder, events);
    }

    private Path newest() {
        return folder.resolve("checkpoint");
    }

    private Path previous() {
        return folder.resolve("checkpoint.previous");
    }

    private void saveTwice() throws IOException {
        try (CheckpointStore store = store()) {
            store.save(older);
            store.save(newer);
        }
    }

    private static Set<String> describe(Positions positions) {
        return SamplePositions.describe(positions);
    }

    @Test
    void beginsWithNothing() throws IOException {
        Loaded loaded = store().load();

        assertThat(loaded.positions().all()).isEmpty();
        assertThat(loaded.damaged()).isFalse();
    }

    @Test
    void givesBackWhatWasSavedLast() throws IOException {
        saveTwice();

        Loaded loaded = store().load();

        assertThat(describe(loaded.positions())).isEqualTo(describe(newer));
        assertThat(loaded.damaged()).isFalse();
    }

    /** Every byte changed, everything after it zeroed, and the file cut there: what a crash or a bad disk leaves. */
    @Test
    void fallsBackToThePreviousCheckpointWhateverIsDamaged() throws IOException {
        saveTwice();
        byte[] good = Files.readAllBytes(newest());
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 0x20;
            byte[] zeroed = good.clone();
            Arrays.fill(zeroed, at, good.length, (byte) 0);
            for (byte[] damaged : List.of(flipped, zeroed, Arrays.copyOf(good, at))) {
                Files.write(newest(), damaged);

                Loaded loaded = store().load();

                assertThat(describe(loaded.positions())).isEqualTo(describe(older));
                assertThat(loaded.damaged()).isTrue();
                assertThat(newest()).doesNotExist();
            }
        }
        assertThat(events.named("checkpointDamaged")).hasSize(3 * good.length);
    }

    @Test
    void setsTheDamagedFileAsideForInspection() throws IOException {
        saveTwice();
        Files.writeString(newest(), "garbage\n");

        store().load();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("checkpoint.damaged-")))
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file)).isEqualTo("garbage\n"));
        }
        assertThat(events.named("checkpointDamaged")).singleElement().asString().contains("it does not begin with");
    }

    @Test
    void saysThatPositionsAreLostWhenBothAreDamaged() throws IOException {
        saveTwice();
        Files.write(newest(), new byte[100]);
        Files.write(previous(), new byte[0]);

        Loaded loaded = store().load();

        assertThat(loaded.positions().all()).isEmpty();
        assertThat(loaded.damaged()).isTrue();
        assertThat(events.named("checkpointDamaged")).hasSize(2);
        assertThat(store().load().damaged())
                .as("nor is that forgotten when it ends before it has saved anything")
                .isTrue();
    }

    @Test
    void usesThePreviousOneWhereACrashLeftNoNewest() throws IOException {
        saveTwice();
        Files.delete(newest());

        Loaded loaded = store().load();

        assertThat(describe(loaded.positions())).isEqualTo(describe(older));
        assertThat(loaded.damaged()).isFalse();
    }

    @Test
    void ignoresAFileThatWasBeingWrittenDuringACrash() throws IOException {
        saveTwice();
        Files.writeString(folder.resolve("checkpoint.new"), "half a che");

        CheckpointStore store = store();
        assertThat(describe(store.load().positions())).isEqualTo(describe(newer));
        store.save(older);
        assertThat(describe(store().load().positions())).isEqualTo(describe(older));
    }

    @Test
    void refusesACheckpointOfANewerAgentAndSaysWhatToDo() throws IOException {
        String body = "log-agent checkpoint 99\n";
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        Files.writeString(newest(), body + "crc32c " + Long.toHexString(crc.getValue()) + "\n");

        assertThatThrownBy(() -> store().load())
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(newest().toString(), "version 99", "state_dir");
        assertThat(newest()).exists();
    }

    @Test
    void letsNobodyElseReadIt() throws IOException {
        saveTwice();

        for (Path file : List.of(newest(), previous())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void readsWhatAnOlderAgentLeftAndWritesItAnew() throws IOException {
        Files.write(newest(), firstVersion(4, "/old.log", 100));
        Files.write(folder.resolve("checkpoint.recent"), firstVersion(5, "/old.log", 200));
        CheckpointStore store = store();

        Positions loaded = store.load().positions();

        assertThat(loaded.ofSource("app"))
                .singleElement()
                .satisfies(file -> assertThat(file.acks().position().offset()).isEqualTo(200));
        store.save(loaded);
        assertThat(folder.resolve("checkpoint.recent")).doesNotExist();
        assertThat(describe(store().load().positions())).isEqualTo(describe(loaded));
    }

    @Test
    void losesNothingWhenOnlyTheRecentPositionsOfAnOlderAgentAreTorn() throws IOException {
        Files.write(newest(), firstVersion(4, "/old.log", 100));
        Files.writeString(folder.resolve("checkpoint.recent"), "log-agent checkp");

        Loaded loaded = store().load();

        assertThat(loaded.positions().ofSource("app")).hasSize(1);
        assertThat(loaded.damaged()).isFalse();
    }

    private static byte[] firstVersion(long number, String path, long offset) {
        String body = "log-agent checkpoint 1\n{\"number\":" + number + "}\n{\"source\":\"app\",\"started_ms\":5}\n"
                + "{\"source\":\"app\",\"path\":\"" + path + "\",\"offset\":" + offset
                + ",\"lineage\":\"abc\",\"generation\":0,\"key\":\"k\",\"birth_ns\":3,\"modified_ns\":4,\"head_bytes\":5,\"head\":\"ff\",\"marker_bytes\":6,\"marker\":\"fe\",\"seen_ms\":7}\n";
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return (body + "crc32c " + Long.toHexString(crc.getValue()) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
