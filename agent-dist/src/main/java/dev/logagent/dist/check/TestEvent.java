package dev.logagent.dist.check;

import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One event that is sent to see whether it arrives.
 *
 * @param agentName the configured name of the agent
 * @param text the line
 */
public record TestEvent(String agentName, String text) {

    /** The source that the event is said to be of. */
    private static final String SOURCE = "log-agent-check";

    private Batch batch() {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        long now = System.currentTimeMillis();
        // No file has the lineage: each test is an event of its own.
        LineRun run = new LineRun(
                SourceInfo.named(SOURCE),
                new FileInfo(SOURCE, System.nanoTime()),
                now,
                line,
                new int[] {0, line.length},
                1,
                0,
                false);
        return new Batch(agentName, 1, List.of(run));
    }

    /** Sends it once, and gives what became of it. */
    Finding send(String what, Transport transport) throws InterruptedException {
        try {
            SendResult result = transport.send(batch());
            if (result instanceof SendResult.Delivered) {
                return Finding.ok(what, "has taken the event '" + text + "' of source '" + SOURCE + "'");
            }
            return Finding.fail(what, "has not taken the event: " + reason(result));
        } catch (IOException e) {
            return Finding.fail(what, "it is not known whether the event has arrived: " + e.getMessage());
        }
    }

    private static String reason(SendResult result) {
        if (result instanceof SendResult.Retry retry) {
            return retry.reason();
        }
        if (result instanceof SendResult.Misconfigured misconfigured) {
            return misconfigured.reason();
        }
        if (result instanceof SendResult.Rejected rejected) {
            return rejected.reason();
        }
        return result instanceof SendResult.Partial partial
                ? String.join(", ", partial.rejected().values()) + partial.retryReason()
                : "";
    }
}
