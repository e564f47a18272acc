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
    private final LongAdder resolvedBytes = new LongAdder();
    private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> lostRecords = new ConcurrentHashMap<>();
    private final Map<Path, String> skipped = new ConcurrentHashMap<>();
    private volatile String inputProblem = "";
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

    void recordsLost(String reason, long count) {
        lostRecords.computeIfAbsent(reason, ignored -> new LongAdder()).add(count);
    }

    void resolved(LineRun run) {
        resolvedBytes.add(run.byteCount());
    }

    /** What is on its way will be read again, or is gone: nothing is outstanding. */
    void forgetUnresolved() {
        resolvedBytes.reset();
        resolvedBytes.add(bytes.sum());
    }

    /** Why what is no set of files cannot be read now; empty if it can be. */
    void inputProblem(String reason) {
        inputProblem = reason;
    }

    /**
     * How what is read does where that is no set of files, as if it were one that only grows.
     *
     * @param name what it is, for people
     */
    FileStatus input(String name) {
        long read = bytes.sum();
        long resolved = Math.min(read, resolvedBytes.sum());
        FileStatus.State state = inputProblem.isEmpty() ? FileStatus.State.FOLLOWING : FileStatus.State.UNREADABLE;
        return new FileStatus(name, state, inputProblem, read, read, resolved, 0);
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
        return new SourceStatus.Counters(
                lines.sum(),
                bytes.sum(),
                delivered.sum(),
                rotations.sum(),
                truncations.sum(),
                splitLines.sum(),
                OutputFigures.counts(lost),
                OutputFigures.counts(lostRecords));
    }
}
