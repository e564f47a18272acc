package dev.logagent.testkit;

import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Real batches made from strings or bytes, as if their lines had just been read from a file. The same lines of the same
 * source give a batch with the same id.
 */
public final class Batches {

    /** When every line was detected: 2024-01-15T10:30:00.123Z. */
    public static final long DETECTED_AT_MILLIS = 1_705_314_600_123L;

    private static final String AGENT = "agent1";

    private Batches() {}

    /** One source with these lines. */
    public static Batch of(String source, String... lines) {
        return of(source, List.of(lines));
    }

    /** One source with these lines. */
    public static Batch of(String source, List<String> lines) {
        return of(Map.of(source, lines));
    }

    /** Several sources, in the iteration order of the map, each with its lines. */
    public static Batch of(Map<String, List<String>> linesBySource) {
        List<LineRun> runs = new ArrayList<>();
        linesBySource.forEach((source, lines) -> runs.add(run(
                SourceInfo.named(source),
                lines.stream()
                        .map(line -> line.getBytes(StandardCharsets.UTF_8))
                        .toList())));
        return ofRuns(runs);
    }

    /** One source with these lines, which need not be UTF-8. */
    public static Batch ofBytes(String source, byte[]... lines) {
        return ofRuns(List.of(run(SourceInfo.named(source), List.of(lines))));
    }

    /** A batch of these runs, number 1. */
    public static Batch ofRuns(List<LineRun> runs) {
        return new Batch(AGENT, 1, runs);
    }

    /** {@code prefix 0}, {@code prefix 1} and so on. */
    public static List<String> numberedLines(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + " " + i).toList();
    }

    /** A run of lines that stand in one block, each ended by a newline. */
    public static LineRun run(SourceInfo source, List<byte[]> lines) {
        int size = lines.stream().mapToInt(line -> line.length + 1).sum();
        byte[] block = new byte[size];
        int[] starts = new int[lines.size() + 1];
        int at = 0;
        for (int i = 0; i < lines.size(); i++) {
            byte[] line = lines.get(i);
            starts[i] = at;
            System.arraycopy(line, 0, block, at, line.length);
            at += line.length;
            block[at++] = '\n';
        }
        starts[lines.size()] = at;
        long lineage = 31L * source.name().hashCode() + Arrays.hashCode(block);
        FileInfo file = new FileInfo("/var/log/" + source.name() + ".log", lineage);
        return new LineRun(source, file, DETECTED_AT_MILLIS, block, starts, lines.size(), 0, false);
    }
}
