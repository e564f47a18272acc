package dev.logagent.api.transport;

import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a batch, by what the agent does next. */
public sealed interface SendResult {

    /** The destination has taken responsibility for every event. */
    record Delivered() implements SendResult {}

    /**
     * Not now: the batch is sent again, as often as it takes.
     *
     * @param reason for the log, e.g. {@code 503 Service Unavailable}
     * @param after how long the destination asks to wait, or null when it does not say
     */
    record Retry(String reason, @Nullable Duration after) implements SendResult {}

    /**
     * The operator's mistake (wrong credentials, wrong address): the batch is kept and retried slowly, and the operator
     * told.
     */
    record Misconfigured(String reason) implements SendResult {}

    /**
     * The destination will never take this batch. A batch of several events is halved until the ones at fault are found;
     * these go to the dead letters.
     */
    record Rejected(String reason) implements SendResult {}

    /**
     * Each event had its own fate.
     *
     * @param delivered the indexes, in the order of {@link dev.logagent.api.Batch#events()}, that the destination has
     * @param rejected the indexes that it will never take, with the reason; these go to the dead letters
     * @param retryReason why all others are to be sent again; also given when there are none
     * @param after how long to wait before that, or null
     */
    record Partial(
            BitSet delivered,
            Map<Integer, String> rejected,
            String retryReason,
            @Nullable Duration after) implements SendResult {

        public Partial {
            delivered = (BitSet) delivered.clone();
            rejected = Map.copyOf(rejected);
        }

        @Override
        public BitSet delivered() {
            return (BitSet) delivered.clone();
        }
    }

    /** Everything arrived. */
    static SendResult delivered() {
        return new Delivered();
    }

    /** Send it again, when the agent thinks fit. */
    static SendResult retry(String reason) {
        return new Retry(reason, null);
    }
}
