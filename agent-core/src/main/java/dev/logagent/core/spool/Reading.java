package dev.logagent.core.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The segment that is being read, opened when it is needed. Guarded by the spool. */
final class Reading {

    /** So often in a row a segment is read in vain before the rest of it is given up. */
    private static final int TRIES = 10;

    private @Nullable Segment segment;
    private @Nullable SegmentReader reader;
    private long start;
    private int failures;

    /** The segment that is being read, null if there is none. */
    @Nullable Segment segment() {
        return segment;
    }

    /** Where the next record begins, or before it. */
    long offset() {
        return reader == null ? start : reader.offset();
    }

    /** Goes to a place in a segment. */
    void moveTo(Segment newSegment, long offset) throws IOException {
        stop();
        segment = newSegment;
        start = offset;
    }

    /** The next record; null if there is none, somebody has deleted the file, or it cannot be read, however often. */
    SegmentReader.@Nullable Found next() throws IOException {
        SegmentReader open = open();
        if (open == null || segment == null) {
            return null;
        }
        try {
            SegmentReader.Found found = open.next(segment.bytes());
            failures = 0;
            return found;
        } catch (IOException e) {
            failures++;
            if (failures < TRIES) {
                throw e;
            }
            failures = 0;
            return null;
        }
    }

    private @Nullable SegmentReader open() throws IOException {
        Segment wanted = segment;
        if (reader == null && wanted != null) {
            try {
                reader = new SegmentReader(wanted.path(), wanted.name().salt(), Math.min(start, wanted.bytes()));
            } catch (NoSuchFileException e) {
                return null;
            }
        }
        return reader;
    }

    void stop() throws IOException {
        if (reader != null) {
            reader.close();
        }
        reader = null;
        segment = null;
    }
}
