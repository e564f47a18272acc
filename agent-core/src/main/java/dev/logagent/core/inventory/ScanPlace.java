package dev.logagent.core.inventory;

import dev.logagent.core.discovery.PathPattern;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder in which logs are looked for, or a glob of such folders. Immutable. */
final class ScanPlace {

    private final PathPattern pattern;
    private final List<String> components = new ArrayList<>();
    private final @Nullable PathMatcher only;

    /**
     * @param folders an absolute path or glob
     * @param only a glob of the only names that count, in the folders themselves; null if all do, also in folders below
     */
    ScanPlace(String folders, @Nullable String only) {
        this.pattern = new PathPattern(folders);
        for (Path component : Path.of(folders).normalize()) {
            components.add(component.toString());
        }
        this.only = only == null ? null : FileSystems.getDefault().getPathMatcher("glob:" + only);
    }

    /** Whether folders below are meant, too. */
    boolean isDeep() {
        return only == null;
    }

    boolean wants(Path file) {
        return only == null || only.matches(file.getFileName());
    }

    /** Whether a file of that path is looked for here. */
    boolean holds(Path file) {
        Path folder = file.getParent();
        while (folder != null && isDeep() && !pattern.matches(folder)) {
            folder = folder.getParent();
        }
        return folder != null && pattern.matches(folder) && wants(file);
    }

    /** Walks through the folders that are there now. */
    void walk(FolderWalk walk) {
        walk(Path.of("/"), 0, walk);
    }

    private void walk(Path folder, int component, FolderWalk walk) {
        if (component == components.size()) {
            walk.through(folder, this);
            return;
        }
        String name = components.get(component);
        Path next = folder.resolve(name);
        if (Files.isDirectory(next)) {
            walk(next, component + 1, walk);
        } else if (isGlob(name)) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
            for (Path entry : walk.entries(folder)) {
                if (matcher.matches(entry.getFileName()) && Files.isDirectory(entry)) {
                    walk(entry, component + 1, walk);
                }
            }
        } else {
            walk.awaits(folder, next);
        }
    }

    private static boolean isGlob(String name) {
        return name.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }

    @Override
    public String toString() {
        return pattern.toString();
    }
}
