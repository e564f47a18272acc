package dev.logagent.core.spool;

import java.nio.file.Path;

/** One file of the spool, and how much of it counts. Guarded by the spool. */
final class Segment {

    private final SegmentName name;
    private final Path path;
    private long bytes;
    private boolean damaged;

    /** @param bytes up to where it may be read */
    Segment(SegmentName name, Path path, long bytes) {
        this.name = name;
        this.path = path;
        this.bytes = bytes;
    }

    SegmentName name() {
        return name;
    }

    Path path() {
        return path;
    }

    /** Up to where it may be read. */
    long bytes() {
        return bytes;
    }

    void grownTo(long newBytes) {
        bytes = newBytes;
    }

    boolean isDamaged() {
        return damaged;
    }

    void markDamaged() {
        damaged = true;
    }
}
