package dev.logagent.core.ack;

import dev.logagent.core.discovery.Fingerprint;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far one file is safely delivered: ranges of bytes are resolved in any order, and the position follows only as far
 * as they join up without a gap. Pure bookkeeping, without threads or files. Safe for use by several threads.
 */
public final class AckTracker {

    private Position position;
    private final TreeMap<Long, Position> ahead = new TreeMap<>();

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
     */
    public synchronized void resolve(long start, Position end) {
        if (start > position.offset()) {
            ahead.merge(start, end, (a, b) -> a.offset() >= b.offset() ? a : b);
            return;
        }
        if (end.offset() > position.offset()) {
            position = end;
        }
        Map.Entry<Long, Position> next = ahead.firstEntry();
        while (next != null && next.getKey() <= position.offset()) {
            ahead.pollFirstEntry();
            if (next.getValue().offset() > position.offset()) {
                position = next.getValue();
            }
            next = ahead.firstEntry();
        }
    }

    /** Everything before this is resolved. */
    public synchronized Position position() {
        return position;
    }

    /** The ranges that are resolved beyond the position: bounded by what is in flight. */
    synchronized int rangesAhead() {
        return ahead.size();
    }
}
