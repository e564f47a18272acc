package dev.logagent.core.status;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One source as its outputs see it, brought together. For use in one thread. */
public final class SourceViews {

    private final String source;
    private final List<String> patterns;
    private final @Nullable String input;
    private @Nullable FileStatus stream;
    private final Map<String, FileStatus> files = new TreeMap<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private final Map<String, LogType> types = new TreeMap<>();
    private SourceStatus.Counters counters = SourceStatus.Counters.NONE;

    /** A source that was discovered. */
    public SourceViews(String source) {
        this(source, List.of(), null);
    }

    /**
     * A source that is configured.
     *
     * @param patterns where its lines come from, for people
     * @param input the name of what is read where that is no set of files, else null
     */
    public SourceViews(String source, List<String> patterns, @Nullable String input) {
        this.source = source;
        this.patterns = patterns;
        this.input = input;
    }

    /** Adds what one output sees. */
    public void add(SourceFigures figures, List<FileStatus> followed) {
        counters = counters.max(figures.counters());
        figures.types().forEach((format, type) -> types.merge(format, type, LogType::max));
        followed.forEach(file -> files.merge(file.path(), file, FileStatus::merge));
        if (input != null) {
            FileStatus own = figures.input(input);
            // What is not for an output is not read for it.
            stream = stream == null || isUnused(stream) ? own : isUnused(own) ? stream : stream.merge(own);
        }
        figures.skipped().forEach((path, reason) -> unreadable.put(path.toString(), reason));
    }

    private static boolean isUnused(FileStatus status) {
        return status.readBytes() == 0 && status.state() == FileStatus.State.FOLLOWING;
    }

    /** All of them together. */
    public SourceStatus merged() {
        if (stream != null) {
            files.put(stream.path(), stream);
        }
        unreadable.forEach((path, reason) -> files.merge(
                path,
                new FileStatus(path, FileStatus.State.UNREADABLE, reason, 0, 0, 0, 0),
                (followed, ignored) -> followed.unreadable(reason)));
        return new SourceStatus(source, patterns, counters, types, List.copyOf(files.values()));
    }
}
