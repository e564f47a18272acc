package dev.logagent.api.transport;

import dev.logagent.api.Batch;
import java.io.IOException;

/** Delivers batches to one destination. Safe for use by several threads. */
public interface Transport extends AutoCloseable {

    /**
     * Delivers one batch and waits for the destination's word.
     *
     * <p>Blocks for as long as the transport's own timeouts allow, so these must be finite. Tries once: the agent
     * repeats. May be called by {@link TransportContext#maxConcurrentSends()} threads at once; on shutdown, a thread that
     * is still waiting is interrupted.
     *
     * @return what became of the batch; {@link SendResult.Delivered} only if the destination has confirmed every event
     * @throws IOException if it is not known whether the batch arrived; it will be sent again. Any other exception is
     *     taken for a bug in the transport: it is logged with its stack trace, and the batch is sent again, too
     * @throws InterruptedException if the thread was interrupted; the batch counts as not delivered
     */
    SendResult send(Batch batch) throws IOException, InterruptedException;

    /**
     * Tries the destination without delivering an event, for {@code log-agent check}.
     *
     * @return one line for the user: what was reached and how
     * @throws IOException with a message for the user if the destination cannot be reached or refuses
     */
    String check() throws IOException, InterruptedException;

    /** Lets go of connections and threads. Does not wait for the destination longer than a second. */
    @Override
    void close();
}
