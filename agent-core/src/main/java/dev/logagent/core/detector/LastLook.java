package dev.logagent.core.detector;

import dev.logagent.core.discovery.FileStat;
import java.util.concurrent.TimeUnit;

/**
 * How a file looked when it was looked at last: whether something has happened to it since, or nothing for a while. Confined
 * to its detector's thread.
 */
final class LastLook {

    /**
     * The clock of a file system runs in steps, of up to 2 s: a file that was changed less long ago may be changed again
     * without showing it.
     */
    private static final long REST_MILLIS = 3000;

    private long size;
    private long modifiedNanos;
    private long changedNanos;
    private long comparedChange;
    private long largestSize;

    LastLook(FileStat stat) {
        size = stat.size();
        largestSize = size;
        modifiedNanos = stat.modifiedNanos();
        changedNanos = stat.changedNanos();
    }

    /** Looks again. Gives whether something has happened to the file. */
    boolean differs(FileStat stat) {
        largestSize = Math.max(largestSize, stat.size());
        if (stat.size() == size && stat.modifiedNanos() == modifiedNanos && stat.changedNanos() == changedNanos) {
            return false;
        }
        size = stat.size();
        modifiedNanos = stat.modifiedNanos();
        changedNanos = stat.changedNanos();
        return true;
    }

    /** Looks at the size alone. Gives whether it is another one. */
    boolean differs(long newSize) {
        boolean differs = newSize != size;
        size = newSize;
        largestSize = Math.max(largestSize, size);
        return differs;
    }

    /** All that is there has been read: what there was more of before is told, or of no interest. */
    void readToEnd() {
        largestSize = size;
    }

    long size() {
        return size;
    }

    /** When the file was last changed in any way, in nanoseconds since the epoch. */
    long changedNanos() {
        return changedNanos;
    }

    /** The bytes after the offset that are there, or were before the file became shorter. */
    long after(long offset) {
        return Math.max(0, largestSize - offset);
    }

    /** Whether the last change is so long ago that another one would show. */
    boolean isAtRest() {
        return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(changedNanos) > REST_MILLIS;
    }

    /** The contents have been compared with what is known of them since the last change. */
    void compared() {
        comparedChange = changedNanos;
    }

    boolean isCompared() {
        return comparedChange == changedNanos;
    }
}
