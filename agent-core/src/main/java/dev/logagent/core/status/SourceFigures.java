package dev.logagent.core.status;

import dev.logagent.api.LineRun;
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

    private final Map<String, TypeFigures> formats = new ConcurrentHashMap<>();

    SourceFigures() {}

    void parsed(String format, LineRun run, int unparsed) {
        formats.computeIfAbsent(format, ignored -> new TypeFigures()).add(run, unparsed);
    }

    /** What there was of each format so far. */
    Map<String, LogType> types() {
        Map<String, LogType> types = new TreeMap<>();
        formats.forEach((format, figures) -> types.put(format, figures.now()));
        return types;
    }

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
