package dev.logagent.core;

import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.events.AgentCounters;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.events.AgentStatus;
import dev.logagent.core.events.FanOutEvents;
import dev.logagent.core.events.LoggingEvents;
import dev.logagent.core.runtime.FatalError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The running agent: starts the pipeline, and stops it without losing what is on its way. Safe for use by several threads. */
public final class Agent implements AutoCloseable {

    private final AgentConfig config;
    private final Transport transport;
    private final AgentCounters counters = new AgentCounters();
    private final AgentEvents events;
    private final FatalError fatal = new FatalError();
    private volatile @Nullable Pipeline pipeline;
    private @Nullable Leftover leftover;

    /**
     * An agent that reports to the log.
     *
     * @param transport closed by {@link #close}
     */
    public Agent(AgentConfig config, Transport transport) {
        this(config, transport, new LoggingEvents());
    }

    /**
     * @param transport closed by {@link #close}
     * @param events gets everything that the pipeline reports
     */
    public Agent(AgentConfig config, Transport transport, AgentEvents events) {
        this.config = config;
        this.transport = transport;
        this.events = new FanOutEvents(counters, events);
    }

    /**
     * Starts reading. Returns when positions are restored and all sources are being watched.
     *
     * @throws IOException if the state folder cannot be used, with a message for the user
     */
    public synchronized void start() throws IOException {
        Pipeline started = new Pipeline(config, transport, events, fatal);
        pipeline = started;
        try {
            started.start(fatal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    /** Waits until everything that is in the files now is delivered or in the dead letters, and stops reading. */
    public void awaitDelivered() throws InterruptedException {
        Pipeline running = pipeline;
        if (running != null) {
            running.finish();
        }
    }

    /** Waits until something has failed that nothing can mend: a bug in a worker. Gives what it was. */
    public Throwable awaitFailure() throws InterruptedException {
        return fatal.await();
    }

    /**
     * Stops reading, waits for what is on its way as long as {@code shutdown_timeout_secs} allows, and saves positions. A
     * second call gives the same answer.
     *
     * @return what was read but is not delivered; it will be read again at the next start
     */
    public synchronized Leftover drain() {
        Leftover known = leftover;
        if (known != null) {
            return known;
        }
        Pipeline running = pipeline;
        Leftover left = new Leftover(0, 0);
        if (running != null) {
            try {
                running.drain(config.global().shutdownTimeout());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            left = new Leftover(running.unresolvedEvents(), running.unresolvedBatches());
            running.close();
        }
        leftover = left;
        return left;
    }

    /** Counters since the start. */
    public AgentStatus status() {
        Pipeline running = pipeline;
        return counters.status(running == null ? 0 : running.unresolvedBatches());
    }

    /** Drains if that has not been done, and lets go of everything. */
    @Override
    public void close() {
        try {
            drain();
        } finally {
            transport.close();
        }
    }

    /**
     * What a stop left undelivered.
     *
     * @param events lines that were read but not delivered
     * @param batches the batches they are in
     */
    public record Leftover(long events, int batches) {}
}
