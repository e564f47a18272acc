package dev.logagent.core.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that ends between two steps of writing: what was relied on is there, and what was resolved stays resolved. */
final class SpoolCrashTest {

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "spool.roll.created, 1",
        "spool.roll.created, 3",
        "spool.roll.folder-forced, 1",
        "spool.roll.folder-forced, 4",
        "spool.append.written, 1",
        "spool.append.written, 50",
        "spool.append.forced, 1",
        "spool.append.forced, 77",
        "spool.position.saved, 20",
        "spool.position.forced, 2",
        "spool.segment.deleted, 1",
        "spool.segment.deleted, 3"
    })
    @DisplayName("T28: killed at each step of writing to the spool")
    void isWholeAfterACrash(String point, int times) throws Exception {
        Path journal = temp.resolve("journal");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolWriter.class.getName(),
                        temp.resolve("spool").toString(),
                        journal.toString(),
                        point,
                        Integer.toString(times))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(SpoolWriter.CRASHED);
        int written = noted(journal, "written ");
        int taken = noted(journal, "taken ");

        SpoolFolder folder = new SpoolFolder(temp.resolve("spool")).maxBytes(40_000);
        List<Integer> found = new ArrayList<>();
        try (Spool spool = folder.open()) {
            for (String text : SpoolFolder.drain(spool)) {
                found.add(Integer.parseInt(text.split(" ")[0]));
            }
        }

        // One more may be there that was written, and one less that was taken, because the note of it was not.
        assertThat(found).isIn(range(taken, written), range(taken, written + 1), range(taken + 1, written));
        assertThat(folder.events().all()).isEmpty();
        assertThat(folder.segments()).isEmpty();
    }

    private static List<Integer> range(int from, int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static int noted(Path journal, String what) throws IOException {
        if (!Files.exists(journal)) {
            return 0;
        }
        return (int) Files.readAllLines(journal).stream()
                .filter(line -> line.startsWith(what))
                .count();
    }
}
