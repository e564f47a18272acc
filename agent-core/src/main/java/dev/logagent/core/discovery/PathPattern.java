package dev.logagent.core.discovery;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A path in which components may hold {@code *}, {@code ?}, {@code [a-z]} and {@code {a,b}}, and {@code **} stands for any
 * number of folders, none included. A path that exists exactly as written is that file, whatever characters it has.
 * Immutable.
 */
public final class PathPattern {

    /** Deeper folders are not searched for {@code **}. */
    private static final int MAX_DEPTH = 32;

    private final Path literal;
    private final List<String> components;
    private final List<PathMatcher> matchers;
    private final boolean isLiteral;

    /**
     * @param pattern an absolute path or pattern
     * @throws PatternSyntaxException if it is not a valid pattern
     */
    public PathPattern(String pattern) {
        this.literal = Path.of(pattern).normalize();
        this.isLiteral = pattern.chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
        this.components = new ArrayList<>();
        this.matchers = new ArrayList<>();
        for (Path component : literal) {
            components.add(component.toString());
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + component));
        }
    }

    /** Whether the pattern is a plain path. */
    public boolean isLiteral() {
        return isLiteral;
    }

    /** Whether the pattern covers the path. */
    public boolean matches(Path path) {
        return path.equals(literal) || (!isLiteral && matches(path, 0, 0));
    }

    private boolean matches(Path path, int name, int component) {
        if (component == components.size()) {
            return name == path.getNameCount();
        }
        if (components.get(component).equals("**")) {
            if (component == components.size() - 1) {
                return name < path.getNameCount(); // the folder itself is not in the folder
            }
            for (int next = name; next <= path.getNameCount(); next++) {
                if (matches(path, next, component + 1)) {
                    return true;
                }
            }
            return false;
        }
        return name < path.getNameCount()
                && matchers.get(component).matches(path.getName(name))
                && matches(path, name + 1, component + 1);
    }

    /** Finds what is there now. Folders that cannot be read or vanish meanwhile are reported and passed over. */
    public void expand(Expansion expansion) {
        Path root = literal.getRoot();
        if (isLiteral || Files.exists(literal, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = literal.getParent();
            expansion.folder(parent == null ? root : parent);
            expansion.file(literal);
            return;
        }
        expand(root, 0, 0, expansion);
    }

    private void expand(Path folder, int component, int depth, Expansion expansion) {
        String name = components.get(component);
        boolean last = component == components.size() - 1;
        boolean plain = name.chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
        if (plain && !last) {
            Path next = folder.resolve(name);
            if (Files.isDirectory(next)) {
                expand(next, component + 1, depth, expansion);
            } else {
                expansion.folder(folder);
                tellIfHidden(next, expansion);
            }
            return;
        }
        expansion.folder(folder);
        boolean anyDepth = name.equals("**");
        if (anyDepth && !last) {
            expand(folder, component + 1, depth, expansion);
        }
        for (Path entry : entries(folder, expansion)) {
            if (anyDepth) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    if (depth < MAX_DEPTH) {
                        expand(entry, component, depth + 1, expansion);
                    }
                } else if (last) {
                    expansion.file(entry);
                }
            } else if (matchers.get(component).matches(entry.getFileName())) {
                if (!last) {
                    if (Files.isDirectory(entry)) {
                        expand(entry, component + 1, depth, expansion);
                    }
                } else if (!Files.isDirectory(entry)) {
                    expansion.file(entry);
                }
            }
        }
    }

    /** A folder that cannot be looked at may be there all the same. */
    private static void tellIfHidden(Path folder, Expansion expansion) {
        try {
            Files.readAttributes(folder, BasicFileAttributes.class);
        } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
            return;
        } catch (IOException e) {
            expansion.unreadable(folder, e);
        }
    }

    private static List<Path> entries(Path folder, Expansion expansion) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
            return entries; // it was there a moment ago: the next scan sees what is there then
        } catch (IOException e) {
            expansion.unreadable(folder, e);
        } catch (DirectoryIteratorException e) {
            expansion.unreadable(folder, new IOException(e.getMessage(), e));
        }
        entries.sort(null);
        return entries;
    }

    @Override
    public String toString() {
        return literal.toString();
    }

    /** Gets what an expansion finds. */
    public interface Expansion {

        /** A folder in which matching files may appear. */
        void folder(Path folder);

        /** A path that matches; for a pattern that is a plain path, whether it exists or not. */
        void file(Path file);

        /** A folder that could not be read. */
        void unreadable(Path folder, IOException reason);
    }
}
