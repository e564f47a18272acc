package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SovereigntyConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What a sender needs to know of its output.
 *
 * @param buffer the output's share
 * @param sovereignty which of the events in the spool may still be sent
 * @param folder where the output's spool and dead letters are kept
 * @param restorer makes lines from the spool ready to be sent: what was found in them is not kept there
 */
public record Outlet(
        OutputConfig output,
        BufferConfig buffer,
        SovereigntyConfig sovereignty,
        Path folder,
        UnaryOperator<LineRun> restorer) {

    /** The name of the folder with the batches that wait for the destination. */
    public static final String SPOOL = "spool";

    /** The name of the folder with the batches that the destination may not have any more. */
    public static final String WITHHELD = "spool-withheld";

    /** For segments of a sensible size where the spool is switched off by now. */
    private static final long LEAST_WITHHELD_BYTES = 16 << 20;

    Path spoolFolder() {
        return folder.resolve(SPOOL);
    }

    Spool openSpool(AgentEvents events, CrashPoints crashPoints) throws IOException {
        return open(spoolFolder(), buffer.maxDiskBytes(), events, crashPoints);
    }

    Withheld openWithheld(AgentEvents events, CrashPoints crashPoints) throws IOException {
        Path withheld = folder.resolve(WITHHELD);
        // What comes here was in the spool, and counts towards the same limit.
        Spool spool = open(withheld, Math.max(LEAST_WITHHELD_BYTES, buffer.maxDiskBytes()), events, crashPoints);
        return new Withheld(spool, withheld, source -> sovereignty.permits(source, output), events);
    }

    /** A batch from the spool as it was when it was read. */
    Batch restored(Batch batch) {
        return new Batch(
                batch.agentName(),
                batch.number(),
                batch.runs().stream().map(restorer).toList());
    }

    private static Spool open(Path folder, long maxBytes, AgentEvents events, CrashPoints crashPoints)
            throws IOException {
        try {
            return Spool.open(folder, maxBytes, events, crashPoints);
        } catch (IOException e) {
            throw new IOException("the spool " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }
}
