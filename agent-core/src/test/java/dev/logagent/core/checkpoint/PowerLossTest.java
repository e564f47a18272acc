package dev.logagent.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.ack.Positions;
import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A loss of power takes back what was done to the names in a folder since it was forced to disk last, though what the files
 * hold has reached it.
 */
final class PowerLossTest {

    private final Path state;
    private final Path vault;
    private final List<Map<String, Path>> moments = new ArrayList<>();

    PowerLossTest(@TempDir Path folder) throws IOException {
        state = Files.createDirectory(folder.resolve("state"));
        vault = Files.createDirectory(folder.resolve("vault"));
    }

    /** Remembers which names the folder has now, and keeps their files. */
    private void remember() {
        Map<String, Path> names = new TreeMap<>();
        try (Stream<Path> files = Files.list(state)) {
            for (Path file : files.toList()) {
                Object key =
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey();
                Path kept = vault.resolve(String.valueOf(key).replaceAll("\\W", "-"));
                if (!Files.exists(kept)) {
                    Files.createLink(kept, file);
                }
                names.put(file.getFileName().toString(), kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        moments.add(names);
    }

    private Set<String> after(Map<String, Path> names, Path folder) throws IOException {
        Files.createDirectory(folder);
        for (Map.Entry<String, Path> name : names.entrySet()) {
            Files.copy(name.getValue(), folder.resolve(name.getKey()));
        }
        CheckpointStore.Loaded loaded = new CheckpointStore(folder, new AgentEvents() {}).load();
        assertThat(loaded.damaged()).as(names.toString()).isFalse();
        return SamplePositions.describe(loaded.positions());
    }

    @Test
    void findsThePositionsThoughTheNewNamesDidNotReachTheDisk(@TempDir Path restored) throws IOException {
        Random random = new Random(7);
        Positions positions = SamplePositions.of(random, 3);
        Set<String> before;
        try (CheckpointStore store = new CheckpointStore(state, new AgentEvents() {}, point -> remember())) {
            store.save(positions);
            positions.takeChanged();
            positions.add(SamplePositions.file(random, "source-0", "/var/log/later.log"));
            store.append(positions.takeChanged(), List.of());
            store.force();
            before = SamplePositions.describe(positions);
            moments.clear();
            remember();
            positions.add(SamplePositions.file(random, "source-0", "/var/log/last.log"));

            store.save(positions);
        }

        Set<String> last = SamplePositions.describe(positions);
        for (int i = 0; i < moments.size(); i++) {
            assertThat(after(moments.get(i), restored.resolve("moment-" + i)))
                    .as("moment %d of %d", i, moments.size())
                    .isIn(before, last);
        }
        assertThat(moments).hasSizeGreaterThan(8);
    }
}
