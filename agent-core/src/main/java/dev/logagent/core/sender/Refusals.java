package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.core.deadletter.DeadLetters;
import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the destination refuses for good to the dead letters. Safe for use by several threads.
 *
 * @param settled told of each part that is there
 */
record Refusals(DeadLetters deadLetters, AgentEvents events, BiConsumer<Shipment, Batch> settled) {

    /** Writes the refused events to the dead letters, and takes them out of the open ones. Gives why that failed, or null. */
    @Nullable String buryEach(Shipment shipment, Batch part, Map<Integer, String> rejected, BitSet open) {
        for (Map.Entry<Integer, String> one : rejected.entrySet()) {
            int index = one.getKey();
            if (index < 0 || !open.get(index)) {
                continue; // a transport that contradicts itself must not cost an event
            }
            BitSet only = new BitSet();
            only.set(index);
            String obstacle = bury(shipment, part.select(only), one.getValue());
            if (obstacle != null) {
                return obstacle;
            }
            open.clear(index);
        }
        return null;
    }

    /** Writes a part to the dead letters. Gives why that failed, or null. */
    @Nullable String bury(Shipment shipment, Batch part, String reason) {
        try {
            deadLetters.add(part, reason, shipment.attempts() + 1);
        } catch (IOException e) {
            events.deadLettersFailing(DestinationHealth.describe(e));
            return "dead letters cannot be written: " + DestinationHealth.describe(e);
        }
        events.eventsRejected(part.size(), reason, deadLetters.file());
        settled.accept(shipment, part);
        return null;
    }
}
