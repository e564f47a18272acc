package dev.logagent.core.detector;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.detector.Generations.Beginning;
import dev.logagent.core.detector.SourceScan.Snapshot;
import dev.logagent.core.discovery.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens the files of a source that a scan has found and nobody follows yet. Confined to its detector's thread. */
final class NewFiles {

    private final SourceScan scan;
    private final Generations generations;
    private final Beginnings beginnings;
    private final Copies copies;
    private final ReadContext context;
    private final Followed followed;
    private final Following following;
    private final List<Runnable> untold = new ArrayList<>();
    private boolean remembered;
    private boolean first = true;
    private boolean begun;
    private boolean outdated;

    /** Follows a file from now on; {@code base} is the path that it was rotated from, or its own. */
    interface Following {
        void add(TailedFile tail, Path base);
    }

    NewFiles(
            SourceScan scan,
            Generations generations,
            Beginnings beginnings,
            Copies copies,
            ReadContext context,
            Followed followed,
            Following following) {
        this.scan = scan;
        this.generations = generations;
        this.beginnings = beginnings;
        this.copies = copies;
        this.context = context;
        this.followed = followed;
        this.following = following;
    }

    /**
     * What is there now. The first time, it finds out which files from an earlier life are still there. Contents that were
     * replaced may have been copied while it looked: each copy was made before, and so is found by another look.
     */
    Snapshot snapshot() {
        Snapshot snapshot = scan.scan();
        if (!first) {
            return snapshot;
        }
        first = false;
        generations.loseAllBut(stillThere(snapshot));
        return generations.replacements() > 0 ? scan.scan() : snapshot;
    }

    /** The files from an earlier life that are found by their identity, or may be there unseen. */
    private Set<FilePosition> stillThere(Snapshot snapshot) {
        Set<FilePosition> found = snapshot.hidden().isEmpty() ? new HashSet<>() : generations.at(snapshot::isHidden);
        List<Map<Path, FileStat>> looks = new ArrayList<>(snapshot.rotated().values());
        looks.add(snapshot.files());
        for (Map<Path, FileStat> look : looks) {
            look.forEach((path, stat) -> {
                FilePosition unchanged = generations.unchanged(stat);
                if (unchanged != null) {
                    found.add(unchanged);
                    return;
                }
                try (FileContent content = Contents.open(path, stat)) {
                    Beginning known = content == null ? null : generations.known(stat, content);
                    if (known != null) {
                        found.add(known.file());
                    }
                } catch (IOException e) {
                    scan.skip(path, SourceScan.reason(e));
                    found.addAll(generations.of(stat));
                }
            });
        }
        return found;
    }

    /**
     * Opens them: for each path the rotated files first, the oldest first of all.
     *
     * @param unknown those of the files that are not followed
     */
    void open(Snapshot snapshot, Map<Path, FileStat> unknown) {
        int replacements = generations.replacements();
        begun = false;
        Set<Path> done = new HashSet<>();
        Set<String> earlier = unknown.isEmpty() ? Set.of() : generations.paths();
        snapshot.rotated().forEach((base, siblings) -> {
            boolean isBase =
                    snapshot.files().containsKey(base) || followed.hasFrom(base) || earlier.contains(base.toString());
            siblings.entrySet().stream()
                    .filter(sibling -> followed.of(sibling.getValue()) == null)
                    // Where no app.log is or was, app-1.log and app-2.log are two logs, not what is left of one.
                    .filter(sibling -> isBase || !unknown.containsKey(sibling.getKey()))
                    .sorted(Comparator.comparingLong(
                            sibling -> sibling.getValue().modifiedNanos()))
                    .forEach(sibling -> {
                        done.add(sibling.getKey());
                        boolean matched = unknown.containsKey(sibling.getKey());
                        openRotated(base, sibling.getKey(), sibling.getValue(), matched);
                    });
        });
        unknown.forEach((path, stat) -> {
            if (!done.contains(path) && followed.of(stat) == null) {
                openLive(path, stat);
            }
        });
        outdated = generations.replacements() > replacements;
        beginnings.firstScanDone();
    }

    /**
     * Whether new contents of a known file were begun. They may have been copied and replaced again since the snapshot, which
     * nothing tells of as long as nothing was read: another snapshot shows the copy.
     */
    boolean hasBegun() {
        return begun;
    }

    /** Whether a file was replaced since the snapshot, and left to another one. */
    boolean isOutdated() {
        return outdated;
    }

    /** Opens a file that has to do with no other one. Gives false if it turns out to: then a look at everything is due. */
    boolean openAlone(Path path, FileStat stat) {
        openLive(path, stat);
        return !begun;
    }

    private void openLive(Path path, FileStat stat) {
        boolean seen = generations.hasMet(stat);
        open(path, stat, path, content -> {
            Beginning beginning = beginnings.ofLive(path, stat, content);
            // Earlier generations may all have become those of copies: then only the number tells of them.
            begun |= beginning != null
                    && beginning.start() == 0
                    && (seen || beginning.file().generation() > 0);
            return beginning;
        });
    }

    private void openRotated(Path base, Path path, FileStat stat, boolean matched) {
        FilePosition atRest = matched ? null : generations.atRest(path, stat);
        if (atRest != null) {
            generations.finished(atRest, atRest.acks().position(), stat);
        } else if (!generations.isSettled(stat)) {
            open(path, stat, base, content -> beginnings.ofRotated(path, stat, content, matched, copies));
        }
    }

    /** Says where to begin with an open file, or null if it is not to be read. */
    private interface Opening {
        @Nullable Beginning begin(FileContent content) throws IOException;
    }

    private void open(Path path, FileStat stat, Path base, Opening opening) {
        FilePosition atRest = generations.atRest(path, stat);
        if (atRest != null) {
            follow(TailedFile.atRest(path, stat, atRest, context), base);
            return;
        }
        FileContent content = null;
        try {
            content = Contents.open(path, stat);
            Beginning beginning = content == null ? null : opening.begin(content);
            if (content == null || beginning == null) {
                closeQuietly(content, path);
                return;
            }
            TailedFile tail = TailedFile.opened(path, stat, content, beginning, context);
            scan.readable(path);
            follow(tail, base);
        } catch (IOException e) {
            scan.skip(path, SourceScan.reason(e));
            closeQuietly(content, path);
        }
    }

    private void follow(TailedFile tail, Path base) {
        Path path = tail.path();
        long start = tail.point().offset();
        following.add(tail, base);
        tell(() -> context.events().fileOpened(context.sourceOf(path), path, start));
    }

    /** Who is told that a file is followed may rely on it: not before that would survive a crash. */
    private void tell(Runnable news) {
        if (remembered) {
            news.run();
        } else {
            untold.add(news);
        }
    }

    /** Where reading begins in the files that were found first is safely remembered now. */
    void remembered() {
        remembered = true;
        untold.forEach(Runnable::run);
        untold.clear();
    }

    private void closeQuietly(@Nullable FileContent content, Path path) {
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException e) {
            scan.skip(path, SourceScan.reason(e));
        }
    }
}
