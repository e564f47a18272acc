package dev.logagent.core.status;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What one source has reported for one output so far. Safe for use by several threads. */
public final class SourceFigures {

    final LongAdder lines = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder rotations = new LongAdder();
    final LongAdder truncations = new LongAdder();
    final LongAdder splitLines = new LongAdder();
    private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();
    private final Map<Path, String> skipped = new ConcurrentHashMap<>();

    SourceFigures() {}

    void lost(String reason, long count) {
        lost.computeIfAbsent(reason, ignored -> new LongAdder()).add(count);
    }

    void skip(Path file, String reason) {
        skipped.put(file, reason);
    }

    void readable(Path file) {
        skipped.remove(file);
    }

    /** The files that cannot be read now, and why. */
    Map<Path, String> skipped() {
        return new TreeMap<>(skipped);
    }

    SourceStatus.Counters counters() {
        Map<String, Long> lostBytes = new TreeMap<>();
        lost.forEach((reason, count) -> lostBytes.put(reason, count.sum()));
        return new SourceStatus.Counters(
                lines.sum(),
                bytes.sum(),
                delivered.sum(),
                rotations.sum(),
                truncations.sum(),
                splitLines.sum(),
                lostBytes);
    }
}
