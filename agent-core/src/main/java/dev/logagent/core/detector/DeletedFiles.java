package dev.logagent.core.detector;

import dev.logagent.core.events.AgentEvents;

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

    /**
     * What one source holds has changed.
     *
     * @param before how many bytes it has said it holds
     * @param now how many it holds now
     * @return how many bytes of that it is to give up
     */
    synchronized long changed(long before, long now, AgentEvents events) {
        held += now - before;
        if (now != before) {
            events.deletedBytesHeld(held);
        }
        boolean isOver = held > max;
        if (isOver && !over) {
            events.deletedBytesOverLimit(held, max, givesUp);
        }
        over = isOver;
        return isOver && givesUp ? held - max : 0;
    }
}
