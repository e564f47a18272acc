package dev.logagent.core.detector;

import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.detector.Generations.Beginning;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.RotatedNames;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Decides where to begin with a file that nobody follows yet: where an earlier life or another file left off, at its
 * beginning, at its end, or not at all. Confined to its detector's thread.
 */
final class Beginnings {

    private final Generations generations;
    private final StartAt firstStart;
    private final long sinceNanos;
    private final int maxLineBytes;
    private boolean firstScan = true;

    /** Says whether a file is a copy of one that is followed or was read to its end. */
    interface CopyCheck {
        boolean isCopy(Path path, FileStat stat, FileContent content) throws IOException;
    }

    /**
     * @param firstStart where to begin with files that the first scan finds and nobody knows
     * @param sinceNanos from when on rotated files that nobody knows are owed, in nanoseconds since the epoch
     */
    Beginnings(Generations generations, StartAt firstStart, long sinceNanos, int maxLineBytes) {
        this.generations = generations;
        this.firstStart = firstStart;
        this.sinceNanos = sinceNanos;
        this.maxLineBytes = maxLineBytes;
    }

    /** From now on, files that nobody knows have come since the last look. */
    void firstScanDone() {
        firstScan = false;
    }

    /**
     * For a file under the name it is written to; null if it turns out only now that its contents were replaced: a copy of
     * the old ones, which come first, may have been made since the last look, and another one is to be taken.
     */
    @Nullable Beginning ofLive(Path path, FileStat stat, FileContent content) throws IOException {
        int replacements = generations.replacements();
        Beginning known = generations.known(stat, content);
        if (generations.replacements() > replacements) {
            return null;
        }
        if (known == null) {
            known = generations.continued(path, stat, content);
        }
        return known == null ? generations.begin(path, stat, content, firstOffset(content)) : known;
    }

    /**
     * For a rotated file; null if nothing is to be read from it for now.
     *
     * @param matched whether the patterns match it as well
     */
    @Nullable Beginning ofRotated(Path path, FileStat stat, FileContent content, boolean matched, CopyCheck copies)
            throws IOException {
        boolean compressed = RotatedNames.isGzip(path.toString());
        Beginning known = generations.known(stat, content);
        if (known == null) {
            known = generations.continued(path, stat, content);
        } else if (!matched && isFinished(known, compressed, stat)) {
            generations.closed(known.file(), Contents.position(content, known.start()));
            generations.settle(stat);
            return null;
        }
        if (known != null) {
            return known;
        }
        if (copies.isCopy(path, stat, content)) {
            if (compressed) {
                generations.settle(stat);
            }
            return null;
        }
        boolean owed =
                generations.hasMet(stat) || (matched ? !firstScan || firstStart == StartAt.BEGINNING : isNew(stat));
        if (!owed && !matched) {
            generations.settle(stat);
            return null;
        }
        return generations.begin(path, stat, content, owed ? 0 : firstOffset(content));
    }

    /** How much a compressed file holds is known only when it has been read. */
    private boolean isFinished(Beginning known, boolean compressed, FileStat stat) {
        return compressed ? generations.isClosed(known.file()) : known.start() >= stat.size();
    }

    private boolean isNew(FileStat stat) {
        return stat.birthNanos() >= sinceNanos && stat.modifiedNanos() >= sinceNanos;
    }

    private long firstOffset(FileContent content) throws IOException {
        return firstScan && firstStart == StartAt.END ? Contents.startOfUnfinishedLine(content, maxLineBytes) : 0;
    }
}
