package dev.logagent.core.detector;

import dev.logagent.core.events.AgentEvents;
import java.util.List;

/**
 * How much disk space is held by files that were deleted before they were read, and therefore are kept open, over all sources
 * and outputs. Safe for use by several threads.
 */
public final class DeletedFiles {

    private final long max;
    private final boolean givesUp;
    private long held;
    private boolean over;

    /**
     * @param max how many bytes may be held
     * @param givesUp whether the oldest are given up, unread, when more are held; else they are kept all the same
     */
    public DeletedFiles(long max, boolean givesUp) {
        this.max = max;
        this.givesUp = givesUp;
    }

    /** The part of one source. */
    Share share() {
        return new Share();
    }

    private synchronized long changed(long difference, AgentEvents events) {
        held += difference;
        if (difference != 0) {
            events.deletedBytesHeld(held);
        }
        boolean isOver = held > max;
        if (isOver && !over) {
            events.deletedBytesOverLimit(held, max, givesUp);
        }
        over = isOver;
        return isOver && givesUp ? held - max : 0;
    }

    /** What one source holds. Changed by its detector's thread only. */
    final class Share {

        private long bytes;
        private volatile long unreadBytes;

        /**
         * What the source holds may have changed.
         *
         * @param files all that it holds now
         * @return how many bytes of that it is to give up
         */
        long changed(List<TailedFile> files, AgentEvents events) {
            long before = bytes;
            bytes = files.stream().mapToLong(TailedFile::size).sum();
            unreadBytes = files.stream().mapToLong(TailedFile::unreadBytes).sum();
            return DeletedFiles.this.changed(bytes - before, events);
        }

        /** How much of it was not read when it was looked at last. Safe for use by any thread. */
        long unreadBytes() {
            return unreadBytes;
        }
    }
}
