package dev.logagent.core.ack;

import dev.logagent.core.discovery.Fingerprint;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far one file is safely delivered: ranges of bytes are resolved in any order, and the position follows only as far
 * as they join up without a gap. Pure bookkeeping, without threads or files. Safe for use by several threads.
 */
public final class AckTracker {

    private Position position;

    /** Made when it is needed: most files never have anything in it. */
    private @Nullable TreeMap<Long, Position> ahead;

    /**
     * Up to where a file is delivered.
     *
     * @param offset in bytes from the start of the file
     * @param marker the fingerprint of the bytes before the offset, to recognise the contents by
     */
    public record Position(long offset, Fingerprint marker) {}

    public AckTracker(Position start) {
        this.position = start;
    }

    /**
     * The bytes from {@code start} up to {@code end} have reached the destination or the dead letters, or need not go
     * anywhere. Ranges may be told twice, and may overlap.
     *
     * @return whether the position has moved
     */
    public synchronized boolean resolve(long start, Position end) {
        if (start > position.offset()) {
            if (ahead == null) {
                ahead = new TreeMap<>();
            }
            ahead.merge(start, end, (a, b) -> a.offset() >= b.offset() ? a : b);
            return false;
        }
        boolean moved = end.offset() > position.offset();
        if (moved) {
            position = end;
        }
        if (ahead != null) {
            join(ahead);
        }
        return moved;
    }

    private void join(NavigableMap<Long, Position> ranges) {
        Map.Entry<Long, Position> next = ranges.firstEntry();
        while (next != null && next.getKey() <= position.offset()) {
            ranges.pollFirstEntry();
            if (next.getValue().offset() > position.offset()) {
                position = next.getValue();
            }
            next = ranges.firstEntry();
        }
    }

    /** Everything before this is resolved. */
    public synchronized Position position() {
        return position;
    }

    /** The ranges that are resolved beyond the position: bounded by what is in flight. */
    synchronized int rangesAhead() {
        return ahead == null ? 0 : ahead.size();
    }
}
