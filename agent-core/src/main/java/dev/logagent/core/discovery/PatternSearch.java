package dev.logagent.core.discovery;

import dev.logagent.api.SourceInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The files that patterns stand for, all of one source. Immutable. */
public final class PatternSearch implements FileSearch {

    private final SourceInfo source;
    private final List<PathPattern> patterns;
    private final List<PathPattern> exclude;

    /**
     * @param patterns paths or globs, absolute
     * @param exclude globs of paths that are left out, absolute
     */
    public PatternSearch(SourceInfo source, List<String> patterns, List<String> exclude) {
        this.source = source;
        this.patterns = patterns.stream().map(PathPattern::new).toList();
        this.exclude = exclude.stream().map(PathPattern::new).toList();
    }

    @Override
    public void expand(PathPattern.Expansion expansion) {
        patterns.forEach(pattern -> pattern.expand(expansion));
    }

    /** Whether a pattern means the path, excluded or not. */
    public boolean means(Path path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    @Override
    public boolean covers(Path path) {
        return means(path) && allows(path);
    }

    @Override
    public boolean goesByNames() {
        return true;
    }

    @Override
    public boolean allows(Path path) {
        return exclude.stream().noneMatch(pattern -> pattern.matches(path));
    }

    @Override
    public SourceInfo sourceOf(Path path) {
        return source;
    }

    @Override
    public String toString() {
        return patterns.stream().map(PathPattern::toString).collect(Collectors.joining(", "));
    }
}
