package dev.logagent.core.deadletter;

import dev.logagent.api.LogEvent;

/**
 * An event that the destination will never take.
 *
 * @param rejectedAtMillis when it was refused, in milliseconds since the epoch
 * @param reason what the destination said
 * @param attempts how often it was sent
 * @param batch the id of the batch that it was sent in last
 * @param event with the id that it has always had
 */
public record DeadLetter(long rejectedAtMillis, String reason, int attempts, String batch, LogEvent event) {

    /** The event's id. */
    public String id() {
        return event.id();
    }

    /** The same event, refused once more. */
    DeadLetter again(long nowMillis, String newReason, String newBatch) {
        return new DeadLetter(nowMillis, newReason, attempts + 1, newBatch, event);
    }
}
