package dev.logagent.core;

import dev.logagent.api.transport.Transport;
import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.events.AgentCounters;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.events.AgentStatus;
import dev.logagent.core.events.FanOutEvents;
import dev.logagent.core.events.LoggingEvents;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The running agent: a pipeline for each output, started together, and stopped without losing what is on its way. Safe for
 * use by several threads.
 */
public final class Agent implements AutoCloseable {

    private final AgentConfig config;
    private final Map<String, Transport> transports;
    private final Function<String, AgentEvents> events;
    private final AgentCounters counters = new AgentCounters();
    private final FatalError fatal = new FatalError();
    private final FileWatcher.Factory watchers;
    private final List<Pipeline> pipelines = new ArrayList<>();
    private @Nullable StateFolder state;
    private @Nullable FileWatcher watcher;
    private @Nullable Leftover leftover;

    /** An agent with one output that reports to the log. */
    public Agent(AgentConfig config, Transport transport) {
        this(config, Map.of(OutputConfig.DEFAULT_NAME, transport), LoggingEvents::new);
    }

    /**
     * @param transports by the name of the output; closed by {@link #close}
     * @param events makes what gets everything that an output's pipeline reports, from the output's name
     */
    public Agent(AgentConfig config, Map<String, Transport> transports, Function<String, AgentEvents> events) {
        this(config, transports, events, FileWatcher::new);
    }

    /** @param watchers how the agent is told of changes */
    Agent(
            AgentConfig config,
            Map<String, Transport> transports,
            Function<String, AgentEvents> events,
            FileWatcher.Factory watchers) {
        this.watchers = watchers;
        this.config = config;
        this.transports = Map.copyOf(transports);
        this.events = events;
    }

    /**
     * Starts reading. Returns when positions are restored and all sources are being watched.
     *
     * @throws IOException if the state folder cannot be used, with a message for the user
     */
    public synchronized void start() throws IOException {
        StateFolder folder = StateFolder.open(config.global().stateDir());
        state = folder;
        AgentEvents ofAgent = new FanOutEvents(counters, events.apply(OutputConfig.DEFAULT_NAME));
        FileWatcher shared = watchers.create(ofAgent, fatal);
        watcher = shared;
        for (OutputConfig output : config.outputs()) {
            boolean isDefault = output.name().equals(OutputConfig.DEFAULT_NAME);
            Path own = isDefault ? folder.path() : folder.subfolder("outputs", output.name());
            AgentEvents reports = isDefault ? ofAgent : new FanOutEvents(counters, events.apply(output.name()));
            pipelines.add(new Pipeline(config, output, transportOf(output), own, shared, reports, fatal));
        }
        try {
            for (Pipeline pipeline : pipelines) {
                pipeline.start(fatal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    private Transport transportOf(OutputConfig output) {
        Transport transport = transports.get(output.name());
        if (transport == null) {
            throw new IllegalArgumentException("output '" + output.name() + "' has no transport");
        }
        return transport;
    }

    /** Waits until everything that is in the files now is delivered or in the dead letters, and stops reading. */
    public void awaitDelivered() throws InterruptedException {
        List<Pipeline> all = running();
        // All are told before one is waited for: an output that is down must not hold up the others.
        all.forEach(Pipeline::finishReading);
        for (Pipeline pipeline : all) {
            pipeline.awaitDelivered();
        }
    }

    private synchronized List<Pipeline> running() {
        return List.copyOf(pipelines);
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
        CountDownLatch drained = new CountDownLatch(pipelines.size());
        for (Pipeline pipeline : pipelines) {
            Threads.start("stop", fatal.guard(() -> {
                try {
                    pipeline.drain(config.global().shutdownTimeout());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    drained.countDown();
                }
            }));
        }
        try {
            drained.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Leftover left = new Leftover(
                pipelines.stream().mapToLong(Pipeline::unresolvedEvents).sum(), unresolvedBatches(pipelines));
        pipelines.forEach(Pipeline::close);
        leftover = left;
        return left;
    }

    private static int unresolvedBatches(List<Pipeline> pipelines) {
        return pipelines.stream().mapToInt(Pipeline::unresolvedBatches).sum();
    }

    /** Counters since the start. */
    public AgentStatus status() {
        return counters.status(unresolvedBatches(running()));
    }

    /** Drains if that has not been done, and lets go of everything. */
    @Override
    public synchronized void close() {
        try {
            drain();
        } finally {
            if (watcher != null) {
                watcher.close();
            }
            transports.values().forEach(Transport::close);
            if (state != null) {
                state.close();
            }
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
