package dev.logagent.core.status;

/**
 * Whether a destination takes batches.
 *
 * @param reason what the destination said last, or how it could not be reached; empty when it takes batches
 * @param sinceMillis since when, in milliseconds since the epoch
 */
public record Health(State state, String reason, long sinceMillis) {

    /** How a destination can be. */
    public enum State {
        /** It takes batches, or nothing has been sent yet. */
        DELIVERING,
        /** It cannot be reached, or asks for patience. */
        RETRYING,
        /** It refuses for a reason that only the operator can mend, such as wrong credentials. */
        REFUSED
    }

    static Health delivering(long sinceMillis) {
        return new Health(State.DELIVERING, "", sinceMillis);
    }

    public boolean isDelivering() {
        return state == State.DELIVERING;
    }
}
