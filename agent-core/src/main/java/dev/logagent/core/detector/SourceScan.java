package dev.logagent.core.detector;

import dev.logagent.core.discovery.FileSearch;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.PathPattern;
import dev.logagent.core.discovery.RotatedNames;
import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the disk for one source: which files belong to it now, in which folders more may appear, and which rotated
 * files lie beside them. Tells once of each path that cannot be followed. Confined to its detector's thread.
 */
final class SourceScan {

    private final String source;
    private final FileSearch search;
    private final Path stateFolder;
    private final AgentEvents events;
    private final Map<Path, String> skipped = new HashMap<>();
    private final Set<Path> hidden = new HashSet<>();
    private boolean toldOfWaiting;

    /**
     * What one look has found.
     *
     * @param files the regular files that match, by path
     * @param rotated the rotated siblings of files that match or are waited for, by the path they were rotated from, or by
     *     the link that led to it
     * @param linkTargets what the symbolic links among the files lead to, and the link
     * @param folders the folders in which files may appear
     * @param hidden the files and folders that could not be looked at: what is there is not known
     */
    record Snapshot(
            Map<Path, FileStat> files,
            Map<Path, Map<Path, FileStat>> rotated,
            Map<Path, Path> linkTargets,
            Set<Path> folders,
            Set<Path> hidden) {

        /** Device and inode of everything that was found. */
        Set<String> keys() {
            Set<String> keys = new HashSet<>();
            files.values().forEach(stat -> keys.add(stat.key()));
            rotated.values().forEach(siblings -> siblings.values().forEach(stat -> keys.add(stat.key())));
            return keys;
        }

        /** Whether it is not known if there is a file of that name. */
        boolean isHidden(Path path) {
            return !hidden.isEmpty() && hidden.stream().anyMatch(path::startsWith);
        }
    }

    SourceScan(String source, FileSearch search, Path stateFolder, AgentEvents events) {
        this.source = source;
        this.search = search;
        this.stateFolder = stateFolder;
        this.events = events;
    }

    Snapshot scan() {
        Finder finder = new Finder();
        search.expand(finder);
        if (finder.files.isEmpty() && !toldOfWaiting) {
            toldOfWaiting = true;
            events.sourceWaiting(source, search.toString());
        }
        Snapshot snapshot =
                new Snapshot(finder.files, rotated(finder), finder.linkTargets, finder.folders, Set.copyOf(hidden));
        hidden.clear();
        forgetGone();
        return snapshot;
    }

    /** Paths that could not be followed, and are not there any more. */
    private void forgetGone() {
        for (Path path : List.copyOf(skipped.keySet())) {
            if (Files.notExists(path)) {
                skipped.remove(path);
                events.skippedFileGone(sourceOf(path), path);
            }
        }
    }

    /** Whether a path may be read at all, whatever its file is. */
    private boolean isAllowed(Path path) {
        return !path.startsWith(stateFolder) && search.allows(path);
    }

    /** Whether the name of a file alone says if it is followed. */
    boolean goesByNames() {
        return search.goesByNames();
    }

    /** Whether a file of this path would be followed, for its own sake. */
    boolean isFollowed(Path path) {
        return isMatched(path) && !RotatedNames.isGzip(path.toString());
    }

    /** The paths that are followed and from which this one may have been rotated, by its name. */
    List<Path> basesOf(Path path) {
        return RotatedNames.basesOf(path.getFileName().toString()).stream()
                .map(path::resolveSibling)
                .filter(this::isMatched)
                .toList();
    }

    private boolean isMatched(Path path) {
        return search.covers(path) && isAllowed(path);
    }

    /** Looks at a path; null if it is not a regular file that can be read. */
    private @Nullable FileStat look(Path path) {
        try {
            FileStat stat = FileStat.of(path);
            if (stat != null && !stat.regular()) {
                skip(path, "not a regular file");
                return null;
            }
            return stat;
        } catch (IOException e) {
            hide(path, e);
            return null;
        }
    }

    /** Tells of a path that cannot be looked at, unless that is known. */
    private void hide(Path path, IOException e) {
        hidden.add(path);
        skip(path, reason(e));
    }

    /** Tells of a path that cannot be followed, unless that is known. */
    void skip(Path path, String reason) {
        if (!reason.equals(skipped.put(path, reason))) {
            events.fileSkipped(sourceOf(path), path, reason);
        }
    }

    /** Whether a path could not be followed when it was looked at last. */
    boolean isSkipped(Path path) {
        return skipped.containsKey(path);
    }

    /** Tells of a path that can be followed, if it could not be before. */
    void readable(Path path) {
        if (!skipped.isEmpty() && skipped.remove(path) != null) {
            events.fileReadableAgain(sourceOf(path), path);
        }
    }

    /** The name of the source that a file's lines belong to. */
    String sourceOf(Path path) {
        return search.sourceOf(path).name();
    }

    static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    /**
     * The rotated siblings, also of paths that are not there now: their next file may be yet to come. What a symbolic link
     * leads to is rotated where it is.
     */
    private Map<Path, Map<Path, FileStat>> rotated(Finder finder) {
        Map<Path, Map<Path, FileStat>> rotated = new HashMap<>();
        finder.folders.forEach(folder -> addRotated(folder, finder.linkTargets, rotated));
        return rotated;
    }

    private void addRotated(Path folder, Map<Path, Path> links, Map<Path, Map<Path, FileStat>> rotated) {
        for (Path entry : entries(folder)) {
            String name = entry.getFileName().toString();
            for (String base : RotatedNames.basesOf(name)) {
                Path original = folder.resolve(base);
                if (!isMatched(original)) {
                    original = links.getOrDefault(original, original);
                }
                if (isMatched(original) && isAllowed(entry)) {
                    FileStat stat = look(entry);
                    if (stat != null) {
                        rotated.computeIfAbsent(original, b -> new TreeMap<>()).put(entry, stat);
                    }
                    break;
                }
            }
        }
    }

    private List<Path> entries(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
            readable(folder);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return entries;
        } catch (IOException | DirectoryIteratorException e) {
            hidden.add(folder); // the patterns' expansion tells of it
        }
        return entries;
    }

    /** Collects what the patterns match. */
    private final class Finder implements PathPattern.Expansion {

        final Map<Path, FileStat> files = new TreeMap<>();
        final Map<Path, Path> linkTargets = new HashMap<>();
        final Set<Path> folders = new LinkedHashSet<>();

        @Override
        public void folder(Path folder) {
            folders.add(folder);
        }

        @Override
        public void file(Path file) {
            if (!isAllowed(file) || RotatedNames.isGzip(file.toString())) {
                return;
            }
            FileStat stat = look(file);
            if (stat != null) {
                files.put(file, stat);
                followLink(file);
            }
        }

        /** Changes of a symbolic link's target are told in the target's folder only. */
        private void followLink(Path file) {
            if (Files.isSymbolicLink(file)) {
                try {
                    Path target = file.toRealPath();
                    linkTargets.put(target, file);
                    folders.add(target.getParent());
                } catch (IOException e) {
                    skip(file, reason(e));
                }
            }
        }

        @Override
        public void unreadable(Path folder, IOException reason) {
            hide(folder, reason);
        }
    }
}
