package dev.logagent.dist.check;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files that paths and patterns of the configuration stand for at this moment. */
final class LogFiles {

    private static final String GLOB_SIGNS = "*?[{";

    private LogFiles() {}

    /** The existing files, sorted; folders that cannot be read are passed over. */
    static List<Path> matching(List<String> patterns, List<String> excluded) throws IOException {
        TreeSet<Path> files = new TreeSet<>();
        for (String pattern : patterns) {
            if (isGlob(pattern)) {
                walk(pattern, files);
            } else if (Files.exists(Path.of(pattern))) {
                files.add(Path.of(pattern));
            }
        }
        for (String pattern : excluded) {
            files.removeIf(matcher(pattern)::matches);
        }
        return List.copyOf(files);
    }

    static boolean isGlob(String pattern) {
        return pattern.chars().anyMatch(c -> GLOB_SIGNS.indexOf(c) >= 0);
    }

    private static PathMatcher matcher(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    private static void walk(String pattern, Set<Path> files) throws IOException {
        int sign = 0;
        while (GLOB_SIGNS.indexOf(pattern.charAt(sign)) < 0) {
            sign++;
        }
        Path root = Path.of(pattern.substring(0, pattern.lastIndexOf('/', sign) + 1));
        if (!Files.isDirectory(root)) {
            return;
        }
        int depth =
                pattern.contains("**") ? Integer.MAX_VALUE : Path.of(pattern).getNameCount() - root.getNameCount();
        PathMatcher matcher = matcher(pattern);
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && matcher.matches(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
