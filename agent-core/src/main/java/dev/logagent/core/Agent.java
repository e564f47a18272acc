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
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import dev.logagent.core.status.LineTap;
import dev.logagent.core.status.MeasuredTransport;
import dev.logagent.core.status.OutputFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final CrashPoints crashPoints;
    private final List<Pipeline> pipelines = new CopyOnWriteArrayList<>();
    private final LineTap tap = new LineTap();
    private final StatusBoard board;
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
        this(config, transports, events, FileWatcher::new, CrashPoints.NONE);
    }

    /**
     * For tests.
     *
     * @param watchers how the agent is told of changes
     * @param crashPoints told of each step of writing to disk
     */
    Agent(
            AgentConfig config,
            Map<String, Transport> transports,
            Function<String, AgentEvents> events,
            FileWatcher.Factory watchers,
            CrashPoints crashPoints) {
        this.watchers = watchers;
        this.crashPoints = crashPoints;
        this.config = config;
        this.transports = Map.copyOf(transports);
        this.events = events;
        this.board = new StatusBoard(config, this::running);
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
        FileWatcher hints = watchers.create(ofAgent, fatal);
        watcher = hints;
        SharedLimits shared = SharedLimits.of(config, hints);
        for (OutputConfig output : config.outputs()) {
            boolean isDefault = output.name().equals(OutputConfig.DEFAULT_NAME);
            Path own = isDefault ? folder.path() : folder.subfolder(OutputConfig.OTHERS, output.name());
            OutputFigures figures = new OutputFigures(output.name(), tap);
            AgentEvents reports = isDefault
                    ? new FanOutEvents(figures, ofAgent)
                    : new FanOutEvents(figures, counters, events.apply(output.name()));
            Transport transport = new MeasuredTransport(transportOf(output), figures);
            pipelines.add(new Pipeline(config, output, transport, own, shared, reports, figures, fatal, crashPoints));
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

    private List<Pipeline> running() {
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
        List<Pipeline> all = running();
        return counters.status(
                unresolvedBatches(all),
                all.stream().mapToLong(Pipeline::spooledBatches).sum(),
                all.stream().mapToLong(Pipeline::spooledBytes).sum());
    }

    /** How outputs and sources do. */
    public StatusBoard board() {
        return board;
    }

    /** Lets somebody see the lines that pass. */
    public LineTap tap() {
        return tap;
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
