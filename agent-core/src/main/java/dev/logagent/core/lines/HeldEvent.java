package dev.logagent.core.lines;

import java.time.Duration;

/** Since when the last event of a file waits for its next line. Confined to its detector's thread. */
final class HeldEvent {

    private static final long NONE = -1;

    private long end = NONE;
    private long sinceNanos;

    /** There may be more to come after {@code endOffset}, the end of what is there now. */
    void waitAt(long endOffset) {
        if (end != endOffset) {
            end = endOffset;
            sinceNanos = System.nanoTime();
        }
    }

    /** Nothing waits. */
    void clear() {
        end = NONE;
    }

    boolean isWaiting() {
        return end != NONE;
    }

    /** Whether the wait was long enough, nothing having come after {@code endOffset}. */
    boolean isOver(long endOffset, Duration timeout) {
        return end == endOffset && System.nanoTime() - sinceNanos >= timeout.toNanos();
    }
}
