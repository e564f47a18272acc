package dev.logagent.core.detector;

import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.FilePosition.Sighting;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.discovery.RotatedNames;
import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows which generation of which file an unopened file is: one that was read before, the rest of one whose own file is
 * gone, a mere copy, or a new one. Confined to its detector's thread.
 */
final class Generations {

    /** So many unfinished generations without a file are remembered; older ones are given up. */
    private static final int MAX_LOST = 100;

    private static final long FORGETTING_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final String source;
    private final Positions positions;
    private final int firstGeneration;
    private final AgentEvents events;
    private final Map<Long, Position> readTo = new HashMap<>();
    private final List<Lost> lost = new ArrayList<>();
    private final Set<FilePosition> replaced = new HashSet<>();
    private final Set<FilePosition> closed = new LinkedHashSet<>();
    private final Map<String, FileStat> settled = new HashMap<>();
    private final Map<String, List<FilePosition>> byKey = new HashMap<>();
    private int replacements;
    private long nextForgetting = System.nanoTime() + FORGETTING_INTERVAL_NANOS;

    /** A generation whose own file is gone or holds something else now, and how far it was read. */
    private record Lost(FilePosition file, Position readTo) {}

    /**
     * Where to begin with a file.
     *
     * @param file its position, known or new
     * @param start the offset to read from, in bytes
     */
    record Beginning(FilePosition file, long start) {}

    /**
     * @param firstGeneration the number of the first generation of a file: 0, or any other where the numbers that were
     *     used are not known any more, so that no id is used twice
     */
    Generations(String source, Positions positions, int firstGeneration, AgentEvents events) {
        this.source = source;
        this.positions = positions;
        this.firstGeneration = firstGeneration;
        this.events = events;
        positions.ofSource(source).forEach(this::index);
    }

    /** Where the known files were seen last. */
    Set<String> paths() {
        return positions.ofSource(source).stream()
                .map(file -> file.sighting().path())
                .collect(Collectors.toSet());
    }

    private void index(FilePosition file) {
        byKey.computeIfAbsent(file.sighting().key(), key -> new ArrayList<>(1)).add(file);
    }

    /** The file that has this identity and was followed before, if its contents are still the same; null if not. */
    @Nullable Beginning known(FileStat stat, FileContent content) throws IOException {
        List<FilePosition> candidates =
                of(stat).stream().filter(file -> !isReplaced(file)).toList();
        if (candidates.isEmpty()) {
            return null;
        }
        // The older ones were replaced by it, which was told then.
        FilePosition newest = candidates.get(0);
        Position to = readTo(newest);
        if (Contents.holds(content, newest.sighting().head(), to)) {
            found(newest, stat);
            return new Beginning(newest, to.offset());
        }
        events.fileTruncated(source, path(newest), to.offset());
        for (int i = candidates.size() - 1; i >= 0; i--) {
            replaced(candidates.get(i), readTo(candidates.get(i)));
        }
        replacements++;
        return null;
    }

    /** How often {@link #known} has found that the contents of a file were replaced. */
    int replacements() {
        return replacements;
    }

    /** The file, if it was read to its end before and has not been written to since: its contents are not compared. */
    @Nullable FilePosition unchanged(FileStat stat) {
        for (FilePosition file : byKey.getOrDefault(stat.key(), List.of())) {
            if (stat.isSameFile(file.sighting().key(), file.sighting().birthNanos())
                    && stat.modifiedNanos() == file.sighting().modifiedNanos()
                    && stat.size() == file.acks().position().offset()
                    && !isReplaced(file)) {
                return file;
            }
        }
        return null;
    }

    /** The file, if it is unchanged and certainly holds what it held: what nobody can set back tells so. Null if not. */
    @Nullable FilePosition atRest(Path path, FileStat stat) {
        if (RotatedNames.isGzip(path.toString())) {
            return null;
        }
        FilePosition file = unchanged(stat);
        if (file == null
                || stat.changedNanos() == Sighting.UNSEALED
                || file.sighting().seal() != stat.changedNanos()
                || !readTo(file).equals(file.acks().position())) {
            return null;
        }
        found(file, stat);
        return file;
    }

    /** A generation is what the file holds: it is not lost, and the other ones were replaced by it. */
    private void found(FilePosition file, FileStat stat) {
        lost.removeIf(one -> one.file() == file); // it was out of sight
        of(stat).stream().filter(other -> other != file).forEach(replaced::add);
    }

    /** Whether the file is one that was followed before, whatever it holds now. */
    boolean hasMet(FileStat stat) {
        return !of(stat).isEmpty();
    }

    /** The generations that a file of that identity has had, the newest first. */
    List<FilePosition> of(FileStat stat) {
        return byKey.getOrDefault(stat.key(), List.of()).stream()
                .filter(file ->
                        stat.isSameFile(file.sighting().key(), file.sighting().birthNanos()))
                .sorted(Comparator.comparingInt(FilePosition::generation).reversed())
                .toList();
    }

    /**
     * The generation that goes on in this file, though its own file is gone: moved over file systems, copied before a
     * truncation, compressed. Null if there is none.
     */
    @Nullable Beginning continued(Path path, FileStat stat, FileContent content) throws IOException {
        if (lost.isEmpty()) {
            return null;
        }
        byte[] first = Contents.firstBytes(content);
        for (Iterator<Lost> each = lost.iterator(); each.hasNext(); ) {
            Lost one = each.next();
            Fingerprint head = one.file().sighting().head();
            if (head.length() >= Fingerprint.TELLING_BYTES
                    && head.isPrefixOf(first, 0, first.length)
                    && Contents.holds(content, head, one.readTo())) {
                each.remove();
                replaced.remove(one.file());
                one.file().seen(Sighting.of(path.toString(), stat, head, System.currentTimeMillis()));
                index(one.file());
                return new Beginning(one.file(), one.readTo().offset());
            }
        }
        return null;
    }

    /**
     * After a scan: a file that was read to its end and closed may turn up compressed when its own is gone; and what nobody
     * can meet again is forgotten.
     *
     * @param hidden whether it is not known if there is a file of a name
     */
    void keepUp(Set<String> presentKeys, Predicate<Path> hidden) {
        List<FilePosition> gone = closed.stream()
                .filter(file -> !presentKeys.contains(file.sighting().key()) && !hidden.test(path(file)))
                .toList();
        gone.forEach(file -> lose(file, readTo(file)));
        settled.keySet().retainAll(presentKeys);
        long now = System.nanoTime();
        if (now - nextForgetting >= 0) {
            nextForgetting = now + FORGETTING_INTERVAL_NANOS;
            forget();
        }
    }

    /** Everything about files that are not remembered any more. */
    private void forget() {
        byKey.values().forEach(files -> files.removeIf(this::isForgotten));
        byKey.values().removeIf(List::isEmpty);
        closed.removeIf(this::isForgotten);
        lost.removeIf(one -> isForgotten(one.file()));
        replaced.removeIf(this::isForgotten);
        readTo.keySet().removeIf(lineage -> !positions.knows(source, lineage));
    }

    private boolean isForgotten(FilePosition file) {
        return !positions.knows(source, file.lineage());
    }

    private static Path path(FilePosition file) {
        return Path.of(file.sighting().path());
    }

    private Position readTo(FilePosition file) {
        return readTo.getOrDefault(file.lineage(), file.acks().position());
    }

    /** The files that were last seen where the test says. */
    Set<FilePosition> at(Predicate<Path> place) {
        return positions.ofSource(source).stream()
                .filter(file -> place.test(path(file)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The source's folders have been looked through from that moment on, in milliseconds since the epoch. */
    void scanned(long startMillis) {
        positions.markScanned(source, startMillis);
    }

    /** Whether the file holds all that was read of one that is closed by now. */
    boolean isCopyOfClosed(FileContent content) throws IOException {
        for (FilePosition file : closed) {
            Fingerprint head = file.sighting().head();
            Position to = readTo(file);
            if (head.length() >= Fingerprint.TELLING_BYTES && Contents.holds(content, head, to)) {
                return true;
            }
        }
        return false;
    }

    /** A generation that was never seen, to be read from an offset. */
    Beginning begin(Path path, FileStat stat, FileContent content, long start) throws IOException {
        List<FilePosition> earlier = of(stat);
        int next = earlier.isEmpty() ? 0 : earlier.get(0).generation() + 1;
        int generation = Math.max(firstGeneration, next);
        long lineage = FilePosition.lineageOf(stat.key(), stat.birthNanos(), generation);
        while (positions.knows(source, lineage)) {
            generation++;
            lineage = FilePosition.lineageOf(stat.key(), stat.birthNanos(), generation);
        }
        Sighting sighting = Sighting.of(path.toString(), stat, Contents.head(content), System.currentTimeMillis());
        Position position = Contents.position(content, start);
        FilePosition file = new FilePosition(source, lineage, generation, sighting, position);
        index(file);
        return new Beginning(positions.add(file), start);
    }

    /** A file has been read to its end, so far: should it grow later, it is read on from there. */
    void closed(FilePosition file, Position to) {
        readTo.put(file.lineage(), to);
        closed.add(file);
    }

    /** Whether a file was read to its end in this life. */
    boolean isClosed(FilePosition file) {
        return closed.contains(file);
    }

    /** A file is followed again, and remembered even if it was about to be forgotten. */
    void opened(FilePosition file) {
        closed.remove(file);
        positions.add(file);
    }

    /** A file does not hold any more what was read of it: the rest may turn up in another one, and never in this one. */
    void replaced(FilePosition file, Position to) {
        lose(file, to);
        replaced.add(file);
    }

    /** A file is gone: the rest of it may turn up in another one. */
    void lose(FilePosition file, Position to) {
        readTo.put(file.lineage(), to);
        closed.remove(file);
        lost.removeIf(one -> one.file() == file);
        if (lost.size() == MAX_LOST) {
            lost.remove(0);
        }
        lost.add(new Lost(file, to));
        settled.clear();
    }

    /** After the first scan: known files that are nowhere may turn up compressed or copied. */
    void loseAllBut(Set<FilePosition> found) {
        positions.ofSource(source).stream()
                .filter(file -> !found.contains(file))
                .sorted(Comparator.comparingLong(file -> file.sighting().seenMillis()))
                .forEach(file -> lose(file, file.acks().position()));
    }

    /** Whether its own file holds something else by now. */
    private boolean isReplaced(FilePosition file) {
        return replaced.contains(file);
    }

    /** The file was read to its end, and nothing is to be read from it as long as it stays as it is. */
    void finished(FilePosition file, Position to, FileStat stat) {
        closed(file, to);
        settle(stat);
    }

    /** Nothing is to be read from the file as long as it stays as it is. */
    void settle(FileStat stat) {
        settled.put(stat.key(), stat);
    }

    /** Whether it has been decided that nothing is to be read from the file. */
    boolean isSettled(FileStat stat) {
        FileStat then = settled.get(stat.key());
        return then != null && stat.isUnwrittenSince(then);
    }
}
