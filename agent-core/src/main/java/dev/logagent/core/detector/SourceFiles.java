package dev.logagent.core.detector;

import dev.logagent.core.detector.SourceScan.Snapshot;
import dev.logagent.core.discovery.FileStat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of one source: opens what a scan finds, follows them through rotations, and reads them in turns. DESIGN.md
 * lists the cases. Confined to its detector's thread, but for what says otherwise.
 */
final class SourceFiles {

    private final SourceScan scan;
    private final Generations generations;
    private final ReadContext context;
    private final DeletedFiles.Share deleted;
    private final OpenTails openTails;
    private final NewFiles newFiles;
    private final Arrivals arrivals;

    private final Followed followed = new Followed();
    private final Turns pending = new Turns();
    private final Set<TailedFile> renamed = new HashSet<>();
    private final Map<TailedFile, Path> displaced = new LinkedHashMap<>();
    private boolean starved;

    SourceFiles(
            SourceScan scan,
            Generations generations,
            Beginnings beginnings,
            DeletedFiles deleted,
            ReadContext context) {
        this.scan = scan;
        this.generations = generations;
        this.deleted = deleted.share();
        this.context = context;
        this.openTails = new OpenTails(context.places(), scan, tail -> !tail.isRetired() || renamed.contains(tail));
        Copies copies = new Copies(generations, followed.all(), pending::add);
        this.newFiles = new NewFiles(scan, generations, beginnings, copies, context, followed, this::follow);
        this.arrivals = new Arrivals(scan, followed, generations, newFiles);
    }

    /** Compares what is followed with what is there now. Gives the folders in which changes may happen. */
    Set<Path> scan() {
        Set<Path> folders = look();
        for (boolean again = newFiles.hasBegun(); again || newFiles.isOutdated(); again = false) {
            folders = look();
        }
        return folders;
    }

    private Set<Path> look() {
        long startMillis = System.currentTimeMillis();
        Snapshot snapshot = newFiles.snapshot();
        Set<TailedFile> linked = new HashSet<>();
        Map<Path, FileStat> unknown = new TreeMap<>();
        followed.clearNames();
        snapshot.files().forEach((path, stat) -> {
            TailedFile tail = followed.of(stat);
            if (tail == null) {
                unknown.put(path, stat);
            } else {
                if (linked.add(tail)) {
                    followed.reinstate(tail);
                    noticed(tail, path, stat);
                }
                followed.named(path, tail);
            }
        });
        snapshot.linkTargets().forEach((target, link) -> {
            TailedFile tail = followed.at(link);
            if (tail != null && followed.at(target) == null) {
                followed.named(target, tail);
            }
        });
        noticeRenamed(snapshot, linked);
        retireAllBut(linked, snapshot);
        generations.keepUp(snapshot.keys(), snapshot::isHidden);
        newFiles.open(snapshot, unknown);
        arrivals.scanned(snapshot);
        if (snapshot.hidden().isEmpty()) {
            generations.scanned(startMillis);
        }
        return snapshot.folders();
    }

    private void noticeRenamed(Snapshot snapshot, Set<TailedFile> linked) {
        renamed.removeIf(tail -> !snapshot.isHidden(tail.path()));
        snapshot.rotated()
                .values()
                .forEach(siblings -> siblings.forEach((path, stat) -> {
                    TailedFile tail = followed.of(stat);
                    if (tail != null && !linked.contains(tail)) {
                        noticed(tail, path, stat);
                        renamed.add(tail);
                    }
                }));
    }

    private void retireAllBut(Set<TailedFile> linked, Snapshot snapshot) {
        for (TailedFile tail : followed.all()) {
            if (!linked.contains(tail) && !tail.isRetired() && !snapshot.isHidden(tail.path())) {
                followed.retire(tail);
                pending.add(tail);
                context.events().fileRotated(context.sourceOf(tail.path()), tail.path());
            }
        }
    }

    private void noticed(TailedFile tail, Path path, FileStat stat) {
        tail.noticed(path, stat);
        if (tail.isPending()) {
            pending.add(tail);
        }
    }

    private void follow(TailedFile tail, Path base) {
        generations.opened(tail.position());
        followed.add(tail, base);
        if (tail.isRetired()) {
            renamed.add(tail);
        }
        if (tail.isPending()) {
            pending.add(tail);
        }
        if (tail.content().isOpen()) {
            openTails.opened(tail);
        }
        tail.tellProgress();
    }

    /** Where reading begins in the files of the first scan is safely remembered now. */
    void remembered() {
        newFiles.remembered();
    }

    /** Whether names that have changed must be looked at before more is read, lest a copy come after its successor. */
    boolean isUnsure() {
        return pending.have(TailedFile::isUnsure);
    }

    /** Whether it may matter that a path was written to. May be asked by any thread. */
    boolean mayConcern(Path path) {
        return arrivals.mayConcern(path);
    }

    /** A hint that a path was written to. Gives whether a scan is due, because it is not the file it was. */
    boolean isDisplaced(Path path) {
        TailedFile tail = followed.at(path);
        return tail != null && !tail.isRetired() && !look(tail);
    }

    /** A hint that names have come or gone. Gives whether a scan is due, because that may concern more than these names. */
    boolean isRearranged(List<Path> names) {
        return !arrivals.take(names);
    }

    /** Looks at all files by their names. Gives false if a scan is due. */
    boolean poll() {
        boolean allThere = true;
        for (TailedFile tail : followed.all()) {
            if (tail.isRetired()) {
                pollOpen(tail);
            } else {
                allThere &= look(tail);
            }
        }
        holdDeleted();
        return allThere;
    }

    /** Tells how much disk space deleted files hold, and gives some of them up if that is asked for. */
    private void holdDeleted() {
        List<TailedFile> held = followed.retired().stream()
                .filter(tail -> tail.content().isOpen() && !renamed.contains(tail))
                .toList();
        long excess = deleted.changed(held, context.events());
        for (TailedFile tail : held) {
            if (excess > 0) {
                excess -= tail.size();
                remove(tail);
                lost(tail, "deleted, and max_held_deleted_bytes is used up");
            }
        }
    }

    /** How many bytes of deleted files were unread when files were looked at last. Safe for use by any thread. */
    long unreadBytesOfDeleted() {
        return deleted.unreadBytes();
    }

    private void lost(TailedFile tail, String reason) {
        if (tail.unreadBytes() > 0) {
            context.events().bytesLost(context.sourceOf(tail.path()), tail.path(), tail.unreadBytes(), reason);
        }
    }

    private boolean look(TailedFile tail) {
        Path path = tail.path();
        try {
            FileStat stat = FileStat.of(path);
            if (stat == null || !tail.is(stat)) {
                return false;
            }
            tail.lookForMapped();
            noticed(tail, path, stat);
            if (!tail.isFailing()) {
                scan.readable(path);
            }
        } catch (IOException e) {
            scan.skip(path, SourceScan.reason(e));
            pollOpen(tail);
        }
        return true;
    }

    /** Looks at a file whose name does not lead to it. */
    private void pollOpen(TailedFile tail) {
        try {
            tail.poll();
        } catch (IOException e) {
            scan.skip(tail.path(), SourceScan.reason(e));
            tail.look();
        }
        if (tail.isPending()) {
            pending.add(tail);
        }
    }

    /**
     * Gives each file that may have something new one turn, as long as there is room for what they hold.
     *
     * @return whether there is more to read
     */
    boolean read() {
        starved = false;
        boolean more = pending.giveTurns(tail -> read(tail, false));
        findDisplaced();
        closeFinished();
        openTails.giveWay();
        return more;
    }

    /** After so many nanoseconds at most an event is complete for which nothing more has come. */
    long nanosHeld() {
        return pending.isHolding() ? context.groupTimeout().toNanos() : Long.MAX_VALUE;
    }

    /** Reads whatever is there, unfinished last lines included. Gives whether there is more to read. */
    boolean readToEnd() {
        boolean more = read();
        if (!more) {
            for (TailedFile tail : followed.copy()) {
                more |= read(tail, true).isMore();
            }
            more |= findDisplaced();
        }
        return more;
    }

    /** Whether there was no place among the open files for one that is to be read, when this was tried last. */
    boolean isStarved() {
        return starved;
    }

    private Progress read(TailedFile tail, boolean finish) {
        try {
            if (!openTails.open(tail)) {
                starved = true;
                return Progress.CAUGHT_UP;
            }
            Progress progress = tail.read(finish);
            tail.tellProgress();
            if (progress == Progress.REPLACED) {
                replaced(tail);
            } else if (!tail.isPending()) {
                pending.remove(tail);
            }
            scan.readable(tail.path());
            return progress;
        } catch (NoSuchFileException e) {
            displaced.put(tail, tail.path());
        } catch (IOException e) {
            if (HeldContent.isExhausted(e)) {
                starved = true;
            } else {
                failed(tail, e);
            }
        }
        return Progress.CAUGHT_UP;
    }

    private void failed(TailedFile tail, IOException e) {
        scan.skip(tail.path(), SourceScan.reason(e));
        tail.failed();
        if (HeldContent.isStale(e) && !openTails.release(tail)) {
            remove(tail);
            lost(tail, "deleted on its server before they were read");
        }
    }

    /**
     * Files that were closed for a while, and whose names do not lead to them any more: they have new names, or are gone.
     * Gives whether any was found elsewhere, or given up.
     */
    private boolean findDisplaced() {
        if (displaced.isEmpty()) {
            return false;
        }
        scan();
        boolean found = displaced.entrySet().stream()
                .anyMatch(tail -> !tail.getKey().path().equals(tail.getValue()));
        List<TailedFile> gone = displaced.keySet().stream()
                .filter(tail -> followed.has(tail) && tail.isRetired() && !renamed.contains(tail))
                .toList();
        displaced.clear();
        for (TailedFile tail : gone) {
            remove(tail);
            generations.lose(tail.position(), tail.point().position());
        }
        if (!gone.isEmpty()) {
            scan();
        }
        gone.forEach(tail -> tellUnlessContinued(tail, "deleted before they were read"));
        return found || !gone.isEmpty();
    }

    private void tellUnlessContinued(TailedFile tail, String reason) {
        if (followed.all().stream().noneMatch(other -> other.position() == tail.position())) {
            lost(tail, reason);
        }
    }

    /** The contents are not those that were read: what is left of them may be in a copy, and the new ones start at 0. */
    private void replaced(TailedFile tail) {
        Path path = tail.path();
        context.events()
                .fileTruncated(context.sourceOf(path), path, tail.point().offset());
        remove(tail);
        generations.replaced(tail.position(), tail.point().position());
        scan();
        tellUnlessContinued(tail, "truncated before they were read");
    }

    private void closeFinished() {
        long now = System.nanoTime();
        for (TailedFile tail : followed.retired()) {
            boolean isOver = !tail.isPending() && Grace.isOver(tail, renamed.contains(tail), now);
            // Reading its unfinished last line makes it pending again if that fails.
            if (isOver && !read(tail, true).isMore() && !tail.isPending() && !starved) {
                remove(tail);
            }
        }
    }

    private void remove(TailedFile tail) {
        followed.remove(tail);
        pending.remove(tail);
        renamed.remove(tail);
        openTails.closed(tail);
        generations.closed(tail.position(), tail.point().position());
        try {
            tail.close();
        } catch (IOException e) {
            scan.skip(tail.path(), SourceScan.reason(e));
        }
        Path path = tail.path();
        context.events().fileClosed(context.sourceOf(path), path, tail.point().offset());
    }

    void close() {
        followed.copy().forEach(this::remove);
        holdDeleted();
    }
}
