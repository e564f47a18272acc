package dev.logagent.transport.rabbitmq;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has said about the messages of a batch.
 *
 * @param delivered messages that it is responsible for
 * @param unroutable messages that it returned, with the reason
 * @param refused how many it would not take now
 * @param failure why nothing more will be said, or null
 * @param open published messages that it said nothing about; only with a failure
 */
record Verdict(
        BitSet delivered,
        Map<Integer, String> unroutable,
        int refused,
        @Nullable Failure failure,
        List<Open> open) {

    /** A message without an answer. */
    record Open(int message, int size, String exchange) {}

    /** The open message that was larger than the broker allows: the one of that size, else the largest; or null. */
    @Nullable Open ofSize(long size) {
        Open largest = null;
        for (Open candidate : open) {
            if (candidate.size == size) {
                return candidate;
            }
            if (largest == null || candidate.size > largest.size) {
                largest = candidate;
            }
        }
        return largest;
    }
}
