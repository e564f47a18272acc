package dev.logagent.core.ack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition.Sighting;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.testing.Runs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PositionsTest {

    private static final Sighting SIGHTING =
            new Sighting("/a.log", "key", 1, 2, Sighting.UNSEALED, Fingerprint.EMPTY, 3);

    private final Positions positions = new Positions();

    private FilePosition add(String source, long lineage) {
        return positions.add(new FilePosition(source, lineage, 0, SIGHTING, new Position(0, Fingerprint.EMPTY)));
    }

    private static LineRun run(String source, long lineage, long offset, String... lines) {
        return Runs.of(SourceInfo.named(source), new FileInfo("/a.log", lineage), offset, lines);
    }

    @Test
    void advancesTheFileThatARunCameFrom() {
        FilePosition one = add("s", 1);
        FilePosition other = add("s", 2);

        positions.resolve(run("s", 1, 0, "hello"));

        assertThat(one.acks().position().offset()).isEqualTo(6);
        assertThat(other.acks().position().offset()).isZero();
    }

    @Test
    void keepsTheSameFileOfTwoSourcesApart() {
        FilePosition one = add("s", 1);
        FilePosition other = add("t", 1);

        positions.resolve(run("t", 1, 0, "hello"));

        assertThat(one.acks().position().offset()).isZero();
        assertThat(other.acks().position().offset()).isEqualTo(6);
    }

    @Test
    void remembersTheBytesBeforeThePosition() {
        FilePosition file = add("s", 1);
        String last = "x".repeat(100);

        positions.resolve(run("s", 1, 0, "first", last));

        byte[] bytes = (last + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(file.acks().position().marker())
                .isEqualTo(Fingerprint.of(bytes, bytes.length - Fingerprint.MARKER_BYTES, bytes.length));
    }

    @Test
    void remembersTheBytesOfTheFileWhenALineWasRewritten() {
        FilePosition file = add("s", 1);
        LineRun run = run("s", 1, 0, "a password", "b");

        positions.resolve(run.rewritten(new byte[][] {"*".getBytes(StandardCharsets.UTF_8), {'c'}}));

        byte[] bytes = "a password\nb\n".getBytes(StandardCharsets.UTF_8);
        assertThat(file.acks().position()).isEqualTo(new Position(13, Fingerprint.of(bytes, 0, bytes.length)));
    }

    @Test
    void givesTheKnownFileInsteadOfASecondOne() {
        FilePosition first = add("s", 1);

        assertThat(add("s", 1)).isSameAs(first);
        assertThat(positions.ofSource("s")).containsExactly(first);
    }

    @Test
    void forgetsWhatIsRemoved() {
        FilePosition file = add("s", 1);

        positions.remove(file);
        positions.resolve(run("s", 1, 0, "late"));

        assertThat(positions.all()).isEmpty();
        assertThat(positions.knows("s", 1)).isFalse();
    }

    @Test
    void remembersTheFirstStartOnly() {
        positions.markStarted("s", 1000);
        positions.markStarted("s", 2000);

        assertThat(positions.startedMillis("s")).hasValue(1000);
        assertThat(positions.startedMillis("t")).isEmpty();
    }

    @Test
    void derivesAnotherLineageForEachFileAndGeneration() {
        assertThat(new long[] {
                    FilePosition.lineageOf("(dev=1,ino=2)", 3, 0),
                    FilePosition.lineageOf("(dev=1,ino=2)", 3, 1),
                    FilePosition.lineageOf("(dev=1,ino=2)", 4, 0),
                    FilePosition.lineageOf("(dev=1,ino=3)", 3, 0)
                })
                .doesNotHaveDuplicates();
    }
}
