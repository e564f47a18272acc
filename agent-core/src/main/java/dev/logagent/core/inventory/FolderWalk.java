package dev.logagent.core.inventory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One walk through the places where logs are looked for; no folder is entered twice. For use in one thread. */
final class FolderWalk {

    private final List<ScanPlace> places;
    private final int maxDepth;
    private final Visitor visitor;
    private final Set<Path> walked = new HashSet<>();

    /** Is shown what is there. */
    interface Visitor {

        /** Whether a folder is to be looked through. */
        boolean enter(Path folder);

        /** Files or folders may appear in this one. */
        void folder(Path folder);

        /** A folder cannot be looked through. */
        void unreadable(Path folder, IOException reason);

        /** There is something that need not be looked at. */
        void skip(Path path, long size, String reason);

        /**
         * There is a file.
         *
         * @param siblings the names in its folder
         */
        void file(Path path, BasicFileAttributes attributes, Set<String> siblings);
    }

    /** @param maxDepth how many folders deep to look below the places */
    FolderWalk(List<ScanPlace> places, int maxDepth, Visitor visitor) {
        this.places = places;
        this.maxDepth = maxDepth;
        this.visitor = visitor;
    }

    void run() {
        places.forEach(place -> place.walk(this));
    }

    /** A folder that is looked for may appear in this one, or be there unseen. */
    void awaits(Path folder, Path wanted) {
        if (Files.isReadable(folder)) {
            visitor.folder(folder);
        } else {
            visitor.skip(wanted, 0, "permission denied");
        }
    }

    void through(Path folder, ScanPlace place) {
        if (visitor.enter(folder)) {
            through(folder, place, 1);
        }
    }

    private void through(Path folder, ScanPlace place, int depth) {
        if (!walked.add(folder)) {
            return;
        }
        List<Path> entries = entries(folder);
        Set<String> names = new HashSet<>();
        entries.forEach(entry -> names.add(entry.getFileName().toString()));
        for (Path entry : entries) {
            if (place.wants(entry)) {
                visit(entry, place, depth, names);
            }
        }
    }

    /** What is in a folder, by name; nothing if it has vanished, or cannot be read. */
    List<Path> entries(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
            visitor.folder(folder);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of(); // it was there a moment ago: the next look sees what is there then
        } catch (IOException e) {
            visitor.unreadable(folder, e);
        } catch (DirectoryIteratorException e) {
            visitor.unreadable(folder, new IOException(e.getMessage(), e));
        }
        entries.sort(null);
        return entries;
    }

    private void visit(Path entry, ScanPlace place, int depth, Set<String> siblings) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                link(entry, siblings);
            } else if (attributes.isRegularFile()) {
                visitor.file(entry, attributes, siblings);
            } else if (!attributes.isDirectory()) {
                visitor.skip(entry, 0, "not a regular file");
            } else if (depth > maxDepth) {
                visitor.skip(entry, 0, "a folder deeper than max_depth (" + maxDepth + ")");
            } else if (place.isDeep() && visitor.enter(entry)) {
                through(entry, place, depth + 1);
            }
        } catch (NoSuchFileException e) {
            return; // it was there a moment ago
        } catch (IOException e) {
            visitor.skip(entry, 0, String.valueOf(e.getMessage()));
        }
    }

    /** What a link leads to is followed where it is, if that is looked through anyway; else under the name of the link. */
    private void link(Path link, Set<String> siblings) throws IOException {
        Path target;
        try {
            target = link.toRealPath();
        } catch (NoSuchFileException e) {
            visitor.skip(link, 0, "a link that leads nowhere");
            return;
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).startsWith("Too many levels")) {
                visitor.skip(link, 0, "a link that leads to itself");
                return;
            }
            throw e;
        }
        BasicFileAttributes attributes = Files.readAttributes(target, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            visitor.skip(link, 0, "a link to the folder " + target);
        } else if (!attributes.isRegularFile()) {
            visitor.skip(link, 0, "not a regular file");
        } else if (places.stream().anyMatch(place -> place.holds(target))) {
            visitor.skip(link, attributes.size(), "the same file as " + target);
        } else {
            visitor.file(link, attributes, siblings);
        }
    }
}
