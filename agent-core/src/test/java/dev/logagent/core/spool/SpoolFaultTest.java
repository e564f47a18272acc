package dev.logagent.core.spool;

import static dev.logagent.core.spool.SpoolFolder.drain;
import static dev.logagent.core.spool.SpoolFolder.texts;
import static dev.logagent.core.spool.SpoolFolder.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails while records are written: none of these counts, and none is there twice. */
final class SpoolFaultTest {

    @TempDir
    Path temp;

    private final FaultyDisk disk = new FaultyDisk();

    private SpoolFolder folder() {
        return new SpoolFolder(temp.resolve("spool")).opener(disk);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** Tries to write; what does not fit is written again as a whole when there is room, as the sender does. */
    private void fillDiskAfter(int bytes, boolean truncates) throws IOException {
        SpoolFolder folder = folder();
        if (!truncates) {
            disk.failTruncation();
        }
        List<String> first = texts("first", 3);
        List<String> second = texts("second, longer than the others", 3);
        try (Spool spool = folder.open()) {
            write(spool, 3, first);
            disk.room(bytes);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> write(spool, 3, second)).hasMessage("No space left on device");
                assertThat(spool.records()).isEqualTo(3);
                disk.room(0);
            }
            disk.room(Long.MAX_VALUE);
            write(spool, 3, texts("x", 1));
            write(spool, 3, second);
        }
        try (Spool spool = folder.open()) {
            assertThat(drain(spool)).isEqualTo(concat(concat(first, texts("x", 1)), second));
        }
        assertThat(folder.events().named("spoolDamaged")).isEmpty();
        assertThat(folder.segments()).isEmpty();
    }

    @Test
    void takesBackWhatDidNotFitOnTheDisk() throws IOException {
        for (int bytes = 0; bytes < 160; bytes++) {
            fillDiskAfter(bytes, true);
        }
    }

    @Test
    void goesOnInAnotherSegmentWhereItCannotBeTakenBack() throws IOException {
        for (int bytes = 0; bytes < 160; bytes += 7) {
            fillDiskAfter(bytes, false);
        }
    }

    @Test
    @DisplayName("T39: a failed fsync")
    void neverForcesASegmentAgainThatDidNotReachTheDisk() throws IOException {
        SpoolFolder folder = folder();
        List<String> kept = texts("kept", 2);
        List<String> again = texts("again", 2);
        try (Spool spool = folder.open()) {
            write(spool, 2, kept);
            disk.failForces(1);

            assertThatThrownBy(() -> write(spool, 2, again)).hasMessage("Input/output error");

            assertThat(spool.records()).isEqualTo(2);
            assertThat(folder.events().all()).containsExactly("spoolAbandoned");
            write(spool, 2, again);
            assertThat(disk.opened()).hasSize(2);
            assertThat(disk.forced())
                    .containsExactly(
                            disk.opened().get(0),
                            disk.opened().get(0),
                            disk.opened().get(1));
            assertThat(drain(spool)).isEqualTo(concat(kept, again));
        }
    }

    @Test
    void ignoresWhatCouldNotBeTakenBackFromAnAbandonedSegment() throws IOException {
        SpoolFolder folder = folder();
        disk.failTruncation();
        List<String> kept = texts("kept", 2);
        List<String> again = texts("again", 2);
        try (Spool spool = folder.open()) {
            write(spool, 2, kept);
            disk.failForces(1);
            assertThatThrownBy(() -> write(spool, 2, again)).hasMessage("Input/output error");
            write(spool, 1, texts("between", 1));
            write(spool, 2, again);
        }
        try (Spool spool = folder.open()) {
            assertThat(drain(spool)).isEqualTo(concat(concat(kept, texts("between", 1)), again));
        }
        assertThat(folder.events().all()).containsExactly("spoolAbandoned");
    }

    @Test
    void leavesNoEmptySegmentsWhereNothingCanBeWritten() throws IOException {
        SpoolFolder folder = folder();
        try (Spool spool = folder.open()) {
            for (int i = 0; i < 5; i++) {
                disk.failForces(1);
                assertThatThrownBy(() -> write(spool, 1, texts("x", 1))).isInstanceOf(IOException.class);
            }
            assertThat(folder.segments()).isEmpty();
            assertThat(Set.copyOf(disk.forced())).hasSize(5);
            assertThat(spool.bytes()).isZero();
        }
    }
}
