package dev.logagent.core.status;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One source as its outputs see it, brought together. For use in one thread. */
public final class SourceViews {

    private final String source;
    private final List<String> patterns;
    private final Map<String, FileStatus> files = new TreeMap<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private final Map<String, LogType> types = new TreeMap<>();
    private SourceStatus.Counters counters = SourceStatus.Counters.NONE;

    public SourceViews(String source, List<String> patterns) {
        this.source = source;
        this.patterns = List.copyOf(patterns);
    }

    /** Adds what one output sees. */
    public void add(SourceFigures figures, List<FileStatus> followed) {
        counters = counters.max(figures.counters());
        figures.types().forEach((format, type) -> types.merge(format, type, LogType::max));
        followed.forEach(file -> files.merge(file.path(), file, FileStatus::merge));
        figures.skipped().forEach((path, reason) -> unreadable.put(path.toString(), reason));
    }

    /** All of them together. */
    public SourceStatus merged() {
        unreadable.forEach((path, reason) -> files.merge(
                path,
                new FileStatus(path, FileStatus.State.UNREADABLE, reason, 0, 0, 0, 0),
                (followed, ignored) -> followed.unreadable(reason)));
        return new SourceStatus(source, patterns, counters, types, List.copyOf(files.values()));
    }
}
