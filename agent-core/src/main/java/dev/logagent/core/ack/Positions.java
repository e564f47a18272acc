package dev.logagent.core.ack;

import dev.logagent.api.LineRun;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.discovery.Fingerprint;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The positions of all files of all sources. Safe for use by several threads. */
public final class Positions {

    private final Map<Key, FilePosition> files = new ConcurrentHashMap<>();
    private final Map<String, Long> started = new ConcurrentHashMap<>();

    private record Key(String source, long lineage) {}

    /** Adds a file, and gives the one that was known already under the same source and lineage, else the given one. */
    public FilePosition add(FilePosition file) {
        FilePosition known = files.putIfAbsent(new Key(file.source(), file.lineage()), file);
        return known == null ? file : known;
    }

    /** Forgets a file that is gone for good. */
    public void remove(FilePosition file) {
        files.remove(new Key(file.source(), file.lineage()), file);
    }

    /** All files of a source, in no order. */
    public List<FilePosition> ofSource(String source) {
        return files.values().stream()
                .filter(file -> file.source().equals(source))
                .toList();
    }

    /** Whether a file of that lineage is known for the source. */
    public boolean knows(String source, long lineage) {
        return files.containsKey(new Key(source, lineage));
    }

    /** All files, in no order; a view. */
    public Collection<FilePosition> all() {
        return files.values();
    }

    /**
     * When the source was started for the first time ever, in milliseconds since the epoch; empty if it is new. Files that a
     * started source does not know have come since.
     */
    public OptionalLong startedMillis(String source) {
        Long millis = started.get(source);
        return millis == null ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    public void markStarted(String source, long millis) {
        started.putIfAbsent(source, millis);
    }

    /** All sources that have ever been started, and when, in milliseconds since the epoch; a copy. */
    public Map<String, Long> started() {
        return new TreeMap<>(started);
    }

    /** All lines of the run have reached the destination or the dead letters, or are not meant for it. */
    public void resolve(LineRun run) {
        FilePosition file = files.get(new Key(run.source().name(), run.file().lineage()));
        if (file != null) {
            file.acks().resolve(run.startOffset(), new Position(run.endOffset(), markerOf(run)));
        }
    }

    private static Fingerprint markerOf(LineRun run) {
        int end = (int) (run.endOffset() - run.startOffset()) + run.start(0);
        int start = Math.max(run.start(0), end - Fingerprint.MARKER_BYTES);
        return Fingerprint.of(run.bytes(), start, end);
    }
}
