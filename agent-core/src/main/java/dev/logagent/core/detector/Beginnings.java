package dev.logagent.core.detector;

import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.detector.Generations.Beginning;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.RotatedNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides where to begin with a file that nobody follows yet: where an earlier life or another file left off, at its
 * beginning, at its end, or not at all. Confined to its detector's thread.
 */
final class Beginnings {

    private final Generations generations;
    private final StartAt firstStart;
    private final long sinceNanos;
    private final Duration ignoreOlder;
    private final int maxLineBytes;
    private boolean firstScan = true;

    /** Says whether a file is a copy of one that is followed or was read to its end. */
    interface CopyCheck {
        boolean isCopy(Path path, FileStat stat, FileContent content) throws IOException;
    }

    /**
     * @param firstStart where to begin with files that the first scan finds and nobody knows
     * @param sinceNanos from when on rotated files that nobody knows are owed, in nanoseconds since the epoch
     * @param ignoreOlder files that nobody knows, and that were last written longer ago, are begun at their end; zero for none
     */
    Beginnings(Generations generations, StartAt firstStart, long sinceNanos, Duration ignoreOlder, int maxLineBytes) {
        this.generations = generations;
        this.firstStart = firstStart;
        this.sinceNanos = sinceNanos;
        this.ignoreOlder = ignoreOlder;
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
        return known == null ? generations.begin(path, stat, content, offset(stat, content, !isFirstAtEnd())) : known;
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
            generations.finished(known.file(), Contents.position(content, known.start()), stat);
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
        boolean owed = generations.hasMet(stat) || (matched ? !isFirstAtEnd() : isNew(stat));
        if (!owed && !matched) {
            generations.settle(stat);
            return null;
        }
        return generations.begin(path, stat, content, offset(stat, content, owed));
    }

    /** How much a compressed file holds is known only when it has been read. */
    private boolean isFinished(Beginning known, boolean compressed, FileStat stat) {
        return compressed ? generations.isClosed(known.file()) : known.start() >= stat.size();
    }

    private boolean isNew(FileStat stat) {
        return stat.birthNanos() >= sinceNanos && stat.modifiedNanos() >= sinceNanos;
    }

    private boolean isFirstAtEnd() {
        return firstScan && firstStart == StartAt.END;
    }

    /** @param owed whether what it holds is to be sent, unless it is too old */
    private long offset(FileStat stat, FileContent content, boolean owed) throws IOException {
        boolean all = owed && (generations.hasMet(stat) || !isOld(stat));
        return all ? 0 : Contents.startOfUnfinishedLine(content, maxLineBytes);
    }

    private boolean isOld(FileStat stat) {
        long age = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - stat.modifiedNanos();
        return !ignoreOlder.isZero() && age > ignoreOlder.toNanos();
    }
}
