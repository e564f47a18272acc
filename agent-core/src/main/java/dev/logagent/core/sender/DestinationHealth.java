package dev.logagent.core.sender;

import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.time.Duration;

/**
 * Whether the destination takes batches, told once for each change: not once for each failure. Safe for use by several
 * threads.
 */
final class DestinationHealth {

    private final AgentEvents events;
    private String failing = "";
    private boolean parkedTold;
    private long failedAttempts;
    private long failingSinceNanos;

    DestinationHealth(AgentEvents events) {
        this.events = events;
    }

    /**
     * An attempt failed.
     *
     * @param isAway whether the destination is to blame, as far as is known
     */
    synchronized void failed(String reason, boolean misconfigured, boolean isAway) {
        if (failing.isEmpty() && !isAway) {
            return;
        }
        if (failing.isEmpty()) {
            failingSinceNanos = System.nanoTime();
            failedAttempts = 0;
            parkedTold = false;
        }
        failedAttempts++;
        if (!failing.equals(reason) && isAway) {
            failing = reason;
            events.destinationFailing(reason, misconfigured);
        }
    }

    /** A batch has failed more often than {@code retry_count} allows. */
    synchronized void parked(int attempts, String reason) {
        if (!parkedTold) {
            parkedTold = true;
            events.batchParked(attempts, reason);
        }
    }

    /** A batch arrived, or the destination gave a final answer: it is there. */
    void answered() {
        // Read without the lock first: this is called for every batch, and almost always there is nothing to do.
        if (isFailing()) {
            recover();
        }
    }

    private synchronized boolean isFailing() {
        return !failing.isEmpty();
    }

    private synchronized void recover() {
        if (!failing.isEmpty()) {
            failing = "";
            events.destinationRecovered(Duration.ofNanos(System.nanoTime() - failingSinceNanos), failedAttempts);
        }
    }

    /** What to tell of a failure. */
    static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
