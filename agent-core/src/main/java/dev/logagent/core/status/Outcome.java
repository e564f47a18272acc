package dev.logagent.core.status;

import dev.logagent.api.transport.SendResult;

/** What became of an attempt to send a batch. */
public enum Outcome {
    DELIVERED,
    /** Some events were delivered, the others were not. */
    PARTIAL,
    /** To be sent again; also when the transport failed. */
    RETRY,
    /** Refused because of the operator's mistake. */
    MISCONFIGURED,
    /** The destination will never take it as it is. */
    REJECTED;

    static Outcome of(SendResult result) {
        if (result instanceof SendResult.Delivered) {
            return DELIVERED;
        }
        if (result instanceof SendResult.Partial) {
            return PARTIAL;
        }
        if (result instanceof SendResult.Misconfigured) {
            return MISCONFIGURED;
        }
        return result instanceof SendResult.Rejected ? REJECTED : RETRY;
    }
}
