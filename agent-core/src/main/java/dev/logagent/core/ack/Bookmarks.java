package dev.logagent.core.ack;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where in a stream its offsets are, for streams that can only be found again by a name for a place: the cursor of a journal,
 * the number of a record. Holds the place that everything before it is delivered up to, and those that were read since:
 * bounded by what is in flight. Safe for use by several threads.
 */
public final class Bookmarks {

    private Bookmark delivered;
    private final Deque<Bookmark> ahead = new ArrayDeque<>();

    /**
     * A place in a stream.
     *
     * @param offset in bytes of what was read of the stream, as if it were a file
     * @param cursor what the stream calls the place; empty for its beginning
     */
    public record Bookmark(long offset, String cursor) {}

    public Bookmarks(Bookmark start) {
        this.delivered = start;
    }

    /** The stream has been read up to here; further than ever before. */
    public synchronized void readTo(Bookmark place) {
        ahead.addLast(place);
    }

    /** The last place that is known at or before the offset, to which everything has been delivered. */
    public synchronized Bookmark at(long deliveredOffset) {
        while (!ahead.isEmpty() && ahead.getFirst().offset() <= deliveredOffset) {
            delivered = ahead.removeFirst();
        }
        return delivered;
    }
}
