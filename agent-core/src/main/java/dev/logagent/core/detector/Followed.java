package dev.logagent.core.detector;

import dev.logagent.core.discovery.FileStat;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a source that are followed: by their identity, by their present names, and in the order in which those of one
 * path are read. No step takes longer because there are many. Confined to its detector's thread.
 */
final class Followed {

    private final Map<String, TailedFile> byKey = new LinkedHashMap<>();
    private final Map<Path, TailedFile> byPath = new HashMap<>();
    private final Map<Path, PlaceInLine> newestAt = new HashMap<>();
    private final Set<TailedFile> retired = new LinkedHashSet<>();

    /** Follows a file from now on; {@code base} is the path that it was rotated from, or its own. */
    void add(TailedFile tail, Path base) {
        PlaceInLine newest = newestAt.get(base);
        boolean rotated = !tail.path().equals(base);
        PlaceInLine place = new PlaceInLine(tail, base, null);
        if (!rotated || newest == null || !newest.letPass(place)) {
            place = new PlaceInLine(tail, base, newest);
            newestAt.put(base, place);
        }
        tail.queue(place);
        if (rotated) {
            retire(tail);
        }
        byKey.put(key(tail), tail);
        byPath.put(tail.path(), tail);
    }

    /** Follows a file no longer: whatever was to be read after it is to be read after the one before it. */
    void remove(TailedFile tail) {
        byKey.remove(key(tail), tail);
        byPath.remove(tail.path(), tail);
        retired.remove(tail);
        PlaceInLine place = tail.place();
        PlaceInLine before = place.leave();
        newestAt.computeIfPresent(place.base(), (path, newest) -> newest == place ? before : newest);
    }

    /** Device and inode. */
    private static String key(TailedFile tail) {
        return tail.position().sighting().key();
    }

    /** Whether a file is followed still. */
    boolean has(TailedFile tail) {
        return byKey.get(key(tail)) == tail;
    }

    /** The file of that identity, or null. */
    @Nullable TailedFile of(FileStat stat) {
        TailedFile tail = byKey.get(stat.key());
        return tail != null && tail.is(stat) ? tail : null;
    }

    /** Whether a file of that device and inode is followed, be it this one or an earlier one. */
    boolean hasIdentityOf(FileStat stat) {
        return byKey.containsKey(stat.key());
    }

    /** The file that has the name now, or null. */
    @Nullable TailedFile at(Path path) {
        TailedFile tail = byPath.get(path);
        return tail != null && has(tail) ? tail : null;
    }

    /** Whether a file is followed that had this path, or was rotated from it. */
    boolean hasFrom(Path base) {
        return newestAt.containsKey(base);
    }

    /** Its name is gone or means another file: it is read to its end and then closed. */
    void retire(TailedFile tail) {
        tail.retire();
        retired.add(tail);
    }

    /** The name means this file again. */
    void reinstate(TailedFile tail) {
        tail.reinstate();
        retired.remove(tail);
    }

    /** Those whose names are gone; a copy. */
    List<TailedFile> retired() {
        return List.copyOf(retired);
    }

    /** All files; a view. */
    Collection<TailedFile> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** All files; a copy. */
    List<TailedFile> copy() {
        return List.copyOf(byKey.values());
    }

    /** Forgets which file has which name. */
    void clearNames() {
        byPath.clear();
    }

    /** A file has this name. */
    void named(Path path, TailedFile tail) {
        byPath.put(path.equals(tail.path()) ? tail.path() : path, tail); // one object for the name, of many files
    }
}
