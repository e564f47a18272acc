package dev.logagent.core.ack;

import dev.logagent.api.LineRun;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.discovery.Fingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The positions of all files of all sources. Safe for use by several threads. */
public final class Positions {

    private final Map<Key, FilePosition> files = new ConcurrentHashMap<>();
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Map<String, Long> scanned = new ConcurrentHashMap<>();
    private final Set<FilePosition> changed = ConcurrentHashMap.newKeySet();
    private final Consumer<FilePosition> onChange = changed::add;

    private record Key(String source, long lineage) {}

    /** Adds a file, and gives the one that was known already under the same source and lineage, else the given one. */
    public FilePosition add(FilePosition file) {
        FilePosition known = files.putIfAbsent(new Key(file.source(), file.lineage()), file);
        if (known != null) {
            return known;
        }
        file.tell(onChange);
        changed.add(file);
        return file;
    }

    /** Adds a file in the place of the one that is known under the same source and lineage. */
    public void replace(FilePosition file) {
        file.tell(onChange);
        files.put(new Key(file.source(), file.lineage()), file);
        changed.add(file);
    }

    /** Forgets a file that is gone for good. */
    public void remove(FilePosition file) {
        files.remove(new Key(file.source(), file.lineage()), file);
        changed.remove(file);
    }

    /** Whether no file has changed since {@link #takeChanged}, and no more sources than so many were ever started. Cheap. */
    public boolean isSaved(int sources) {
        return changed.isEmpty() && started.size() == sources;
    }

    /** The files of which something has changed since this was called last, each once; in no order. */
    public List<FilePosition> takeChanged() {
        List<FilePosition> taken = new ArrayList<>();
        for (Iterator<FilePosition> each = changed.iterator(); each.hasNext(); ) {
            taken.add(each.next());
            // Before its contents are looked at: what changes from now on makes it a changed one again.
            each.remove();
        }
        return taken;
    }

    /** These have not been saved after all. */
    public void changedStill(Collection<FilePosition> files) {
        changed.addAll(files);
    }

    /** How many files are known. */
    public int size() {
        return files.size();
    }

    /** All files of a source, in no order. */
    public List<FilePosition> ofSource(String source) {
        return files.values().stream()
                .filter(file -> file.source().equals(source))
                .toList();
    }

    /** Whether a file of that lineage is known for the source. */
    public boolean knows(String source, long lineage) {
        return find(source, lineage) != null;
    }

    /** The file of that lineage, or null if none is known for the source. */
    public @Nullable FilePosition find(String source, long lineage) {
        return files.get(new Key(source, lineage));
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

    /** What is known of all sources that have ever been started, by their names; a copy. */
    public List<SourceTimes> sources() {
        return started().entrySet().stream()
                .map(source -> new SourceTimes(
                        source.getKey(), source.getValue(), scanned.getOrDefault(source.getKey(), SourceTimes.NEVER)))
                .toList();
    }

    /**
     * When what happened to a source, in milliseconds since the epoch.
     *
     * @param startedMillis when it was started for the first time ever
     * @param scannedMillis up to when its folders have been looked through, or {@link #NEVER}
     */
    public record SourceTimes(String source, long startedMillis, long scannedMillis) {

        /** Before all times. */
        public static final long NEVER = Long.MIN_VALUE;
    }

    /**
     * Up to when the source's folders have certainly been looked through, in milliseconds since the epoch; empty if never.
     * Every file that was there by then and is to be read is known.
     */
    public OptionalLong scannedMillis(String source) {
        Long millis = scanned.get(source);
        return millis == null ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    /** The source's folders were looked through from this moment on. */
    public void markScanned(String source, long millis) {
        scanned.merge(source, millis, Math::max);
    }

    /** All lines of the run have reached the destination or the dead letters, or are not meant for it. */
    public void resolve(LineRun run) {
        resolve(run.source().name(), run);
    }

    /**
     * The same where the file is remembered under another name than that of the run's source.
     *
     * @param source the name that the file was added with
     */
    public void resolve(String source, LineRun run) {
        FilePosition file = files.get(new Key(source, run.file().lineage()));
        if (file != null) {
            file.resolve(run.startOffset(), new Position(run.endOffset(), markerOf(run)));
        }
    }

    private static Fingerprint markerOf(LineRun run) {
        byte[] before = run.lastFileBytes(Fingerprint.MARKER_BYTES);
        return Fingerprint.of(before, 0, before.length);
    }
}
