package dev.logagent.core.inventory;

import dev.logagent.core.discovery.PathPattern;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/** Globs of which some are for whole paths, and those without a slash for names. Immutable. */
final class NameFilter {

    private final List<PathPattern> paths = new ArrayList<>();
    private final List<PathMatcher> names = new ArrayList<>();

    NameFilter(List<String> globs) {
        for (String glob : globs) {
            if (glob.indexOf('/') < 0) {
                names.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
            } else {
                paths.add(new PathPattern(glob));
            }
        }
    }

    boolean isEmpty() {
        return paths.isEmpty() && names.isEmpty();
    }

    boolean matches(Path path) {
        Path name = path.getFileName();
        return (name != null && names.stream().anyMatch(matcher -> matcher.matches(name)))
                || paths.stream().anyMatch(pattern -> pattern.matches(path));
    }
}
