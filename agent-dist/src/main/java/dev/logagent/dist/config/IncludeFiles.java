package dev.logagent.dist.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which files an {@code include} pattern names. */
final class IncludeFiles {

    private IncludeFiles() {}

    /**
     * The outcome.
     *
     * @param files relative to the folder if the pattern is; sorted by name
     * @param fault why the pattern cannot be used, or null
     */
    record Matches(List<Path> files, @Nullable String fault) {}

    /**
     * Expands a pattern, which may have {@code *}, {@code ?}, {@code [ab]} and {@code {a,b}} in any part. A pattern
     * without these names one file, which must exist; one with these may match nothing. Names that begin with a dot
     * only match a pattern that does, too.
     *
     * @param folder what the pattern is relative to; absolute
     */
    static Matches expand(Path folder, String pattern) {
        try {
            Path whole = Path.of(pattern);
            String fault = pattern.contains("**") ? "'**' has no meaning here" : TableChecks.glob(pattern);
            if (fault != null) {
                return new Matches(List.of(), "'" + pattern + "' is not a valid pattern: " + fault);
            }
            List<Path> found = new ArrayList<>();
            Path root = whole.getRoot();
            found.add(root == null ? Path.of("") : root);
            for (Path part : whole) {
                found = step(folder, found, part.toString());
            }
            if (found.isEmpty() && !isGlob(pattern)) {
                return new Matches(List.of(), "no such file: '" + pattern + "'");
            }
            return new Matches(found, null);
        } catch (InvalidPathException e) {
            return new Matches(List.of(), "'" + pattern + "' is not a valid path: " + e.getReason());
        } catch (IOException e) {
            return new Matches(List.of(), "'" + pattern + "' cannot be searched: " + e.getMessage());
        }
    }

    private static List<Path> step(Path folder, List<Path> found, String part) throws IOException {
        List<Path> next = new ArrayList<>();
        for (Path path : found) {
            if (!isGlob(part)) {
                if (!Files.notExists(folder.resolve(path).resolve(part))) {
                    next.add(path.resolve(part));
                }
                continue;
            }
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
            Path searched = folder.resolve(path);
            if (!Files.isDirectory(searched)) {
                continue;
            }
            List<Path> names = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(searched)) {
                entries.forEach(entry -> names.add(entry.getFileName()));
            }
            names.stream()
                    .filter(name -> part.startsWith(".") || !name.toString().startsWith("."))
                    .filter(matcher::matches)
                    .sorted()
                    .forEach(name -> next.add(path.resolve(name)));
        }
        return next;
    }

    private static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }
}
