package dev.logagent.core.detector;

import dev.logagent.core.detector.SourceScan.Snapshot;
import dev.logagent.core.discovery.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows new files as their names come, without looking through all folders: in a source of many files, a burst of new ones
 * costs as much as there are new ones; and names that concern nobody cost next to nothing, as where many sources have their
 * files in one folder. Whatever may have to do with other files is left to a scan. Confined to its detector's thread, but for what says otherwise.
 */
final class Arrivals {

    /** Where there are fewer files, a scan is cheap, and sees all names at one moment. */
    private static final int FEW_FILES = 500;

    private final SourceScan scan;
    private final Followed followed;
    private final Generations generations;
    private final NewFiles newFiles;
    private final Set<String> earlier = new HashSet<>();
    private boolean knowsEarlier;
    private volatile boolean afterLinks;

    Arrivals(SourceScan scan, Followed followed, Generations generations, NewFiles newFiles) {
        this.scan = scan;
        this.followed = followed;
        this.generations = generations;
        this.newFiles = newFiles;
    }

    /** Everything has been looked at. */
    void scanned(Snapshot snapshot) {
        earlier.clear();
        knowsEarlier = false;
        // What links lead to may come and go under any name.
        afterLinks = afterLinks || !snapshot.linkTargets().isEmpty();
    }

    /** Whether a file of that path is followed as soon as it is there, as far as its name tells. May be asked by any thread. */
    boolean mayConcern(Path path) {
        return afterLinks || !scan.goesByNames() || scan.isFollowed(path);
    }

    /** Names have come or gone. Gives false if a scan is due: then it is the one to follow new files, in their order. */
    boolean take(List<Path> names) {
        if (afterLinks || !scan.goesByNames()) {
            return names.isEmpty();
        }
        Map<Path, FileStat> alone = new LinkedHashMap<>();
        for (Path name : names) {
            if (!look(name, alone)) {
                return false;
            }
        }
        boolean enough = true;
        for (Map.Entry<Path, FileStat> file : alone.entrySet()) {
            earlier.add(file.getKey().toString());
            // One of them may be another name of one before it.
            enough &= !followed.hasIdentityOf(file.getValue()) && newFiles.openAlone(file.getKey(), file.getValue());
        }
        return enough;
    }

    /** Looks at a name, and adds it to those of new files if it is one. Gives false if a scan is due. */
    private boolean look(Path name, Map<Path, FileStat> alone) {
        if (!scan.isFollowed(name)) {
            return scan.basesOf(name).isEmpty() && !Files.isDirectory(name);
        }
        if (followed.all().size() < FEW_FILES) {
            return false;
        }
        try {
            FileStat stat = FileStat.of(name);
            if (stat == null) {
                return followed.at(name) == null && !scan.isSkipped(name);
            }
            if (isAlone(name, stat)) {
                alone.put(name, stat);
                return true;
            }
            return isKnown(name, stat);
        } catch (IOException e) {
            return false; // the scan tells of it
        }
    }

    /** The name of a file that has been there before, and was perhaps told of late. */
    private boolean isKnown(Path name, FileStat stat) {
        TailedFile tail = followed.of(stat);
        return tail != null && !tail.isRetired() && tail.path().equals(name);
    }

    /** Whether the file is a new one, and no older or newer one of the same log is or was there. */
    private boolean isAlone(Path name, FileStat stat) {
        return stat.regular()
                && !Files.isSymbolicLink(name)
                && !scan.isSkipped(name)
                && followed.at(name) == null
                && !followed.hasIdentityOf(stat)
                && !generations.hasMet(stat)
                && scan.basesOf(name).stream().noneMatch(this::isOrWasThere);
    }

    private boolean isOrWasThere(Path base) {
        if (!knowsEarlier) {
            earlier.addAll(generations.paths());
            knowsEarlier = true;
        }
        return followed.hasFrom(base) || earlier.contains(base.toString()) || Files.exists(base);
    }
}
