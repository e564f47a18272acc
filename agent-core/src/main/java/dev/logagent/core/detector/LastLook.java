package dev.logagent.core.detector;

import dev.logagent.core.discovery.FileStat;

/** How a file looked last, to see whether it has changed. */
final class LastLook {

    private long size;
    private long modifiedNanos;
    private long largestSize;

    LastLook(FileStat stat) {
        size = stat.size();
        largestSize = stat.size();
        modifiedNanos = stat.modifiedNanos();
    }

    /** Takes note of how it looks now. Gives whether that is another look. */
    boolean differs(FileStat stat) {
        boolean other = stat.size() != size || stat.modifiedNanos() != modifiedNanos;
        largestSize = stat.size() >= size ? stat.size() : largestSize;
        size = stat.size();
        modifiedNanos = stat.modifiedNanos();
        return other;
    }

    /** Takes note of its size now. Gives whether that is another one. */
    boolean differs(long newSize) {
        boolean other = newSize != size;
        largestSize = other ? Math.max(largestSize, newSize) : largestSize;
        size = newSize;
        return other;
    }

    long size() {
        return size;
    }

    /** The size it had before it became shorter, or has now. */
    long largestSize() {
        return largestSize;
    }
}
