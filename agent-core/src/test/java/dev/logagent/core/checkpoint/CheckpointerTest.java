package dev.logagent.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointerTest {

    private static final Duration MEMORY = Duration.ofDays(7);

    @TempDir
    Path folder;

    private final Positions positions = new Positions();
    private final Random random = new Random(1);

    private FilePosition file(String path) {
        return positions.add(SamplePositions.file(random, "s", path));
    }

    private void saveAfter(Duration time) throws IOException {
        Instant later = Instant.now().plus(time);
        InstantSource clock = () -> later;
        try (StateFolder state = StateFolder.open(folder)) {
            CheckpointStore store = new CheckpointStore(folder, new AgentEvents() {});
            new Checkpointer(store, state, positions, new AgentEvents() {}, clock).close();
        }
    }

    private Positions saved() throws IOException {
        return CheckpointStore.peek(folder).positions();
    }

    @Test
    void remembersAFileForSevenDaysAfterItWasSeenLast() throws IOException {
        FilePosition file = file("gone.log");

        saveAfter(MEMORY.minusMinutes(1));
        assertThat(saved().knows("s", file.lineage())).isTrue();

        saveAfter(MEMORY.plusMinutes(1));
        assertThat(saved().knows("s", file.lineage())).isFalse();
        assertThat(positions.size()).isZero();
    }

    @Test
    void neverForgetsAFileThatIsFollowed() throws IOException {
        FilePosition file = file("quiet.log");
        file.setFollowed(true);

        saveAfter(MEMORY.multipliedBy(10));

        assertThat(saved().knows("s", file.lineage())).isTrue();
    }
}
