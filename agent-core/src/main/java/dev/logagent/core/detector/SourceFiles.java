package dev.logagent.core.detector;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.detector.Generations.Beginning;
import dev.logagent.core.detector.SourceScan.Snapshot;
import dev.logagent.core.detector.TailedFile.Progress;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.RotatedNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files of one source: opens what a scan finds, follows them through rotations, and reads them in turns. DESIGN.md
 * lists the cases. Confined to its detector's thread.
 */
final class SourceFiles {

    /** A renamed file is kept open so long after it last grew: writers may hold on to it. */
    private static final long RENAMED_GRACE_NANOS = Duration.ofSeconds(60).toNanos();

    /** A deleted file is given back to the file system soon. */
    private static final long DELETED_GRACE_NANOS = Duration.ofSeconds(5).toNanos();

    /** So long after its last write, a very short file is not taken for a copy any more that is still being made. */
    private static final long COPYING_MILLIS = 2000;

    private final SourceScan scan;
    private final Generations generations;
    private final ReadContext context;
    private final Beginnings beginnings;

    private final Map<String, TailedFile> byKey = new LinkedHashMap<>();
    private final Map<Path, TailedFile> byPath = new HashMap<>();
    private final Map<Path, TailedFile> newestAt = new HashMap<>();
    private final Set<TailedFile> pending = new LinkedHashSet<>();
    private final Set<TailedFile> renamed = new HashSet<>();
    private boolean firstScan = true;

    SourceFiles(SourceScan scan, Generations generations, Beginnings beginnings, ReadContext context) {
        this.scan = scan;
        this.generations = generations;
        this.beginnings = beginnings;
        this.context = context;
    }

    /** Compares what is followed with what is there now. Gives the folders in which changes may happen. */
    Set<Path> scan() {
        Snapshot snapshot = scan.scan();
        Set<TailedFile> linked = new HashSet<>();
        Map<Path, FileStat> unknown = new TreeMap<>();
        byPath.clear();
        snapshot.files().forEach((path, stat) -> {
            TailedFile tail = tailOf(stat);
            if (tail == null) {
                unknown.put(path, stat);
            } else {
                byPath.put(path, tail);
                if (linked.add(tail)) {
                    tail.reinstate();
                    noticed(tail, path, stat);
                }
            }
        });
        snapshot.linkTargets().forEach((target, link) -> {
            TailedFile tail = byPath.get(link);
            if (tail != null) {
                byPath.put(target, tail);
            }
        });
        renamed.clear();
        snapshot.rotated()
                .values()
                .forEach(siblings -> siblings.forEach((path, stat) -> {
                    TailedFile tail = tailOf(stat);
                    if (tail != null && !linked.contains(tail)) {
                        noticed(tail, path, stat);
                        renamed.add(tail);
                    }
                }));
        retireAllBut(linked);
        if (firstScan) {
            generations.loseAllBut(stillThere(snapshot));
        }
        generations.loseClosed(keys(snapshot));
        openUnknown(snapshot, unknown);
        firstScan = false;
        beginnings.firstScanDone();
        return snapshot.folders();
    }

    private static Set<String> keys(Snapshot snapshot) {
        Set<String> keys = new HashSet<>();
        snapshot.files().values().forEach(stat -> keys.add(stat.key()));
        snapshot.rotated().values().forEach(siblings -> siblings.values().forEach(stat -> keys.add(stat.key())));
        return keys;
    }

    private void retireAllBut(Set<TailedFile> linked) {
        for (TailedFile tail : byKey.values()) {
            if (!linked.contains(tail) && !tail.isRetired()) {
                tail.retire();
                pending.add(tail);
                context.events().fileRotated(context.source().name(), tail.path());
            }
        }
    }

    private void noticed(TailedFile tail, Path path, FileStat stat) {
        tail.noticed(path, stat);
        if (tail.isPending()) {
            pending.add(tail);
        }
    }

    /** The files from an earlier life that are found by their identity. */
    private Set<FilePosition> stillThere(Snapshot snapshot) {
        Set<FilePosition> found = new HashSet<>();
        List<Map<Path, FileStat>> looks = new ArrayList<>(snapshot.rotated().values());
        looks.add(snapshot.files());
        for (Map<Path, FileStat> look : looks) {
            look.forEach((path, stat) -> {
                try (FileContent content = Contents.open(path, stat)) {
                    Beginning known = content == null ? null : generations.known(stat, content);
                    if (known != null) {
                        found.add(known.file());
                    }
                } catch (IOException e) {
                    scan.skip(path, SourceScan.reason(e));
                }
            });
        }
        return found;
    }

    /** Opens what nobody follows yet: for each path the rotated files first, the oldest first of all. */
    private void openUnknown(Snapshot snapshot, Map<Path, FileStat> unknown) {
        Set<Path> done = new HashSet<>();
        Set<String> earlier = firstScan ? generations.paths() : Set.of();
        snapshot.rotated().forEach((base, siblings) -> {
            boolean isBase = snapshot.files().containsKey(base)
                    || newestAt.containsKey(base)
                    || earlier.contains(base.toString());
            siblings.entrySet().stream()
                    .filter(sibling -> tailOf(sibling.getValue()) == null)
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
            if (!done.contains(path) && tailOf(stat) == null) {
                openLive(path, stat);
            }
        });
    }

    private void openLive(Path path, FileStat stat) {
        open(path, stat, path, content -> beginnings.ofLive(path, stat, content));
    }

    private void openRotated(Path base, Path path, FileStat stat, boolean matched) {
        if (!generations.isSettled(stat)) {
            open(path, stat, base, content -> beginnings.ofRotated(path, stat, content, matched, this::belongsToCopy));
        }
    }

    /**
     * Whether the file is a copy of one beside it, followed or read to its end, finished or not; or may be one because that
     * has just been truncated. Nothing is read from it for now: when the truncation shows, the rest is taken from here.
     */
    private boolean belongsToCopy(Path path, FileStat stat, FileContent content) throws IOException {
        for (TailedFile original : byKey.values()) {
            if (!Objects.equals(original.path().getParent(), path.getParent())
                    || RotatedNames.isGzip(original.path().toString())) {
                continue; // compressed files are copies themselves, and slow to compare
            }
            if (original.isCopiedBy(content) || (isFresh(stat) && original.mayBeginToBeCopiedBy(content))) {
                return true;
            }
            if (original.isReplaced()) {
                original.look();
                pending.add(original);
                return true;
            }
        }
        return generations.isCopyOfClosed(content);
    }

    private static boolean isFresh(FileStat stat) {
        long age = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(stat.modifiedNanos());
        return age < COPYING_MILLIS;
    }

    /** Says where to begin with an open file, or null if it is not to be read. */
    private interface Opening {
        @Nullable Beginning begin(FileContent content) throws IOException;
    }

    private void open(Path path, FileStat stat, Path base, Opening opening) {
        FileContent content = null;
        try {
            content = Contents.open(path, stat);
            Beginning beginning = content == null ? null : opening.begin(content);
            if (content == null || beginning == null) {
                closeQuietly(content, path);
                return;
            }
            TailedFile tail = new TailedFile(path, stat, content, beginning.file(), beginning.start(), context);
            scan.readable(path);
            add(tail, base);
            context.events().fileOpened(context.source().name(), path, beginning.start());
        } catch (IOException e) {
            scan.skip(path, SourceScan.reason(e));
            closeQuietly(content, path);
        }
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

    private void add(TailedFile tail, Path base) {
        generations.opened(tail.position());
        tail.readAfter(newestAt.put(base, tail));
        if (!tail.path().equals(base)) {
            tail.retire();
            renamed.add(tail);
        }
        byKey.put(tail.position().sighting().key(), tail);
        byPath.put(tail.path(), tail);
        pending.add(tail);
    }

    private @Nullable TailedFile tailOf(FileStat stat) {
        TailedFile tail = byKey.get(stat.key());
        return tail != null && tail.is(stat) ? tail : null;
    }

    /** A hint that a path was written to. Gives whether a scan is due, because it is not the file it was. */
    boolean isDisplaced(Path path) {
        TailedFile tail = byPath.get(path);
        return tail != null && !tail.isRetired() && !look(tail);
    }

    /** Looks at all files by their names. Gives false if a scan is due. */
    boolean poll() {
        boolean allThere = true;
        for (TailedFile tail : byKey.values()) {
            if (tail.isRetired()) {
                pollRetired(tail);
            } else {
                allThere &= look(tail);
            }
        }
        return allThere;
    }

    private boolean look(TailedFile tail) {
        Path path = tail.path();
        try {
            FileStat stat = FileStat.of(path);
            if (stat == null || !tail.is(stat)) {
                return false;
            }
            noticed(tail, path, stat);
        } catch (IOException e) {
            scan.skip(path, SourceScan.reason(e));
        }
        return true;
    }

    private void pollRetired(TailedFile tail) {
        try {
            tail.poll();
            if (tail.isPending()) {
                pending.add(tail);
            }
        } catch (IOException e) {
            scan.skip(tail.path(), SourceScan.reason(e));
        }
    }

    /**
     * Gives each file that may have something new one turn.
     *
     * @return whether anything was handed over
     */
    boolean read() {
        boolean progress = false;
        for (TailedFile tail : List.copyOf(pending)) {
            if (!tail.isBlocked()) {
                progress |= read(tail, false);
            }
        }
        closeFinished();
        return progress;
    }

    /** Reads whatever is there, unfinished last lines included. Gives whether anything was handed over. */
    boolean readToEnd() {
        boolean progress = read();
        if (!progress) {
            for (TailedFile tail : List.copyOf(byKey.values())) {
                progress |= read(tail, true);
            }
        }
        return progress;
    }

    private boolean read(TailedFile tail, boolean finish) {
        try {
            Progress progress = tail.read(finish);
            if (progress == Progress.REPLACED) {
                replaced(tail);
            } else if (!tail.isPending()) {
                pending.remove(tail);
            }
            return progress == Progress.MORE;
        } catch (IOException e) {
            scan.skip(tail.path(), SourceScan.reason(e));
            tail.failed();
            return false;
        }
    }

    /** The contents are not those that were read: what is left of them may be in a copy, and the new ones start at 0. */
    private void replaced(TailedFile tail) {
        String source = context.source().name();
        context.events().fileTruncated(source, tail.path(), tail.readTo().offset());
        remove(tail);
        generations.lose(tail.position(), tail.readTo());
        scan();
        boolean continued = byKey.values().stream().anyMatch(other -> other.position() == tail.position());
        if (tail.unreadBytes() > 0 && !continued) {
            context.events().bytesLost(source, tail.path(), tail.unreadBytes(), "truncated before they were read");
        }
    }

    private void closeFinished() {
        long now = System.nanoTime();
        for (TailedFile tail : List.copyOf(byKey.values())) {
            if (tail.isRetired() && !tail.isPending() && isOver(tail, now) && !read(tail, true)) {
                remove(tail);
            }
        }
    }

    private boolean isOver(TailedFile tail, long nowNanos) {
        return tail.nanosSinceGrowth(nowNanos) > (renamed.contains(tail) ? RENAMED_GRACE_NANOS : DELETED_GRACE_NANOS);
    }

    private void remove(TailedFile tail) {
        byKey.values().remove(tail);
        byPath.values().removeIf(other -> other == tail);
        pending.remove(tail);
        byKey.values().forEach(other -> other.forgetPredecessor(tail));
        newestAt.values().remove(tail);
        generations.closed(tail.position(), tail.readTo());
        try {
            tail.close();
        } catch (IOException e) {
            scan.skip(tail.path(), SourceScan.reason(e));
        }
        context.events()
                .fileClosed(context.source().name(), tail.path(), tail.readTo().offset());
    }

    void close() {
        List.copyOf(byKey.values()).forEach(this::remove);
    }
}
