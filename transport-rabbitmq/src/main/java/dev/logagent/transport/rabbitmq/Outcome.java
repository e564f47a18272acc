package dev.logagent.transport.rabbitmq;

import dev.logagent.api.transport.SendResult;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the fates of a batch's messages, and says what they mean for the batch. Confined to the sender. */
final class Outcome {

    private final int messages;
    private final int eventsPerMessage;
    private final BitSet delivered = new BitSet();
    private final Map<Integer, String> rejected = new HashMap<>();
    private boolean tooLarge;
    private @Nullable String retryReason;
    private @Nullable String operatorsMistake;

    Outcome(Messages messages) {
        this.messages = messages.count();
        this.eventsPerMessage = messages.eventsPerMessage();
    }

    void delivered(BitSet some) {
        delivered.or(some);
    }

    /** The message will never be taken. */
    void rejected(int message, String reason) {
        rejected.put(message, reason);
    }

    /** The message will never be taken because of its size. */
    void tooLarge(int message, String reason) {
        tooLarge = true;
        rejected(message, reason);
    }

    /** Some messages are to be sent again; the first reason counts. */
    void retry(String reason) {
        if (retryReason == null) {
            retryReason = reason;
        }
    }

    /** Some messages are to be sent again once the operator has done something; the first reason counts. */
    void misconfigured(String reason) {
        if (operatorsMistake == null) {
            operatorsMistake = reason;
        }
    }

    SendResult result() {
        if (delivered.cardinality() == messages) {
            return SendResult.delivered();
        }
        String reason = retryReason != null ? retryReason : operatorsMistake;
        String known = reason == null ? "no word from the broker" : reason;
        if (delivered.isEmpty() && rejected.isEmpty()) {
            // What only needs time must not wait for the operator; the rest is told apart when it is sent again.
            return retryReason == null && operatorsMistake != null
                    ? new SendResult.Misconfigured(known)
                    : SendResult.retry(known);
        }
        if (tooLarge && eventsPerMessage > 1) {
            return new SendResult.Rejected(rejected.values().iterator().next());
        }
        return new SendResult.Partial(deliveredEvents(), rejectedEvents(), known, null);
    }

    private BitSet deliveredEvents() {
        BitSet events = new BitSet();
        delivered.stream().forEach(message -> events.set(message * eventsPerMessage, (message + 1) * eventsPerMessage));
        return events;
    }

    private Map<Integer, String> rejectedEvents() {
        Map<Integer, String> events = new HashMap<>();
        rejected.forEach((message, reason) -> {
            for (int event = 0; event < eventsPerMessage; event++) {
                events.put(message * eventsPerMessage + event, reason);
            }
        });
        return events;
    }
}
