package dev.logagent.core;

import dev.logagent.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of log files, each against a model of what must arrive. {@code -Dlogagent.model.seconds=N} runs each
 * test for longer than the usual 15 s, {@code -Dlogagent.seed=N} repeats one history as far as timing allows.
 */
final class TailerModelTest {

    private static final int STEPS = 40;

    @TempDir
    Path folder;

    @Test
    void deliversEveryLineOnceThroughRotationsAndRestarts() throws IOException {
        runHistories(false, false);
    }

    @Test
    void deliversEveryLineThatIsNotTruncatedAwayUnread() throws IOException {
        runHistories(true, false);
    }

    @Test
    void deliversEveryLineOnceWhereTheSystemTellsOfNoChanges() throws IOException {
        runHistories(false, true);
    }

    @Test
    void deliversEveryLineThatIsNotTruncatedAwayUnreadWhereTheSystemTellsOfNoChanges() throws IOException {
        runHistories(true, true);
    }

    private void runHistories(boolean truncation, boolean polling) throws IOException {
        Long only = Long.getLong("logagent.seed");
        long end = System.nanoTime() + Integer.getInteger("logagent.model.seconds", 15) * 1_000_000_000L;
        long seed = only != null ? only : System.nanoTime();
        do {
            Path place = folder.resolve("seed-" + seed);
            Seeds.check(seed, random -> new TailerModel(place, random, truncation, polling).run(STEPS));
            deleteAll(place);
            seed++;
        } while (only == null && System.nanoTime() < end);
    }

    private static void deleteAll(Path place) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(place)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
