package dev.logagent.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A batch as {@link WebSocketReceiver} got it.
 *
 * @param number 0 if the sender gave none
 * @param payload without the envelope line that goes before events
 * @param stored whether the receiver took it
 */
public record RecordedBatch(String id, long number, String payload, boolean stored) {

    /** The log lines of one source, whether the payload is a batch or one event a line. */
    public List<String> lines(String sourceName) {
        return PayloadLines.of(payload.getBytes(StandardCharsets.UTF_8), sourceName);
    }
}
