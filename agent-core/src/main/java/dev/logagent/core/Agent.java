package dev.logagent.core;

import dev.logagent.api.transport.Transport;
import dev.logagent.core.PositionsRewind.Rewound;
import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.deadletter.DeadLetter;
import dev.logagent.core.deadletter.DeadLetterReplay;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.events.AgentCounters;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.events.AgentStatus;
import dev.logagent.core.events.FanOutEvents;
import dev.logagent.core.events.LoggingEvents;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import dev.logagent.core.status.LineTap;
import dev.logagent.core.transport.ReplaceableTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The running agent: a pipeline for each output, started together, and stopped without losing what is on its way. Safe for
 * use by several threads.
 */
public final class Agent implements AutoCloseable {

    private final Map<String, ReplaceableTransport> transports;
    private final Function<String, AgentEvents> events;
    private final AgentCounters counters = new AgentCounters();
    private final FatalError fatal = new FatalError();
    private final FileWatcher.Factory watchers;
    private final CrashPoints crashPoints;
    private final SharedInputs shared = new SharedInputs();
    private final LineTap tap = new LineTap();
    private final StatusBoard board;
    private volatile AgentConfig config;
    private volatile List<RunningOutput> outputs = List.of();
    private volatile Set<String> paused = Set.of();
    private volatile @Nullable Discovery discovery;
    private @Nullable OutputMaker maker;
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
        this.transports = transports.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, each -> new ReplaceableTransport(each.getValue())));
        this.events = events;
        this.board = new StatusBoard(
                () -> this.config, this::running, () -> this.paused, () -> discovery, this::status, fatal.workers());
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
        Discovery finder = Discovery.of(config, ofAgent);
        discovery = finder;
        SharedLimits limits = SharedLimits.of(config, folder, hints, finder);
        OutputMaker making = new OutputMaker(folder, limits, ofAgent, events, counters, tap, fatal, crashPoints);
        maker = making;
        shared.takePorts(config);
        List<RunningOutput> all = new ArrayList<>();
        for (OutputConfig output : config.outputs()) {
            all.add(making.make(config, output, transportOf(output)));
            outputs = List.copyOf(all);
        }
        try {
            for (RunningOutput output : all) {
                output.start();
            }
            shared.goOn(config, running(), fatal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    private ReplaceableTransport transportOf(OutputConfig output) {
        ReplaceableTransport transport = transports.get(output.name());
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
        shared.finish();
        for (Pipeline pipeline : all) {
            pipeline.awaitDelivered();
        }
    }

    private List<Pipeline> running() {
        return outputs.stream().map(RunningOutput::pipeline).toList();
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
        board.draining();
        List<Pipeline> pipelines = running();
        shared.stop();
        drain(pipelines);
        Leftover left = new Leftover(
                pipelines.stream().mapToLong(Pipeline::unresolvedEvents).sum(), unresolvedBatches(pipelines));
        pipelines.forEach(Pipeline::close);
        leftover = left;
        return left;
    }

    /** Drains pipelines side by side. */
    private void drain(List<Pipeline> pipelines) {
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
            Stream.concat(transports.values().stream(), outputs.stream().map(RunningOutput::transport))
                    .distinct()
                    .forEach(Transport::close);
            if (state != null) {
                state.close();
            }
        }
    }

    /**
     * Goes over to another configuration. Only the pipelines that it changes are stopped, drained, and followed by others that
     * go on where they have stopped; a transport alone is exchanged while its pipeline runs. Takes as long as a stop at most.
     *
     * @param next with the same state folder, limits of open files and of deleted ones as now
     * @param fresh by the name of their output, transports for those that are new and for those whose transport is to be
     *     exchanged; closed by the agent, unless it refuses
     * @return the names of the outputs whose pipelines have been stopped or started
     * @throws RefusedException if it cannot be: then everything is as it was
     */
    public synchronized List<String> reload(AgentConfig next, Map<String, Transport> fresh) throws RefusedException {
        requireRunning();
        Reload reload = new Reload(Objects.requireNonNull(maker), fatal, outputs, next, fresh);
        prepare(reload, next);
        // They give to pipelines: as long as these stay, nothing is to be done.
        boolean isAnyAffected = !reload.affected().isEmpty();
        if (isAnyAffected) {
            shared.makeWay(next);
        }
        outputs = List.copyOf(reload.run(this::drain));
        config = next;
        if (isAnyAffected) {
            Reload.mustSucceed(() -> shared.goOn(next, running(), fatal), fatal);
        }
        shared.keepPorts(next);
        keepPaused(paused);
        return reload.affected();
    }

    /** Gets hold of everything that could be missing, beside all that runs. */
    private void prepare(Reload reload, AgentConfig next) throws RefusedException {
        try {
            shared.takePorts(next);
            reload.prepare();
        } catch (IOException e) {
            throw new RefusedException(e);
        } catch (RefusedException e) {
            shared.keepPorts(config);
            throw e;
        }
    }

    private void requireRunning() throws RefusedException {
        if (outputs.isEmpty() || leftover != null) {
            throw new RefusedException("the agent is " + (leftover == null ? "starting" : "stopping"));
        }
    }

    /**
     * Does not read some sources for a while, in all outputs; what is on its way goes on. Not remembered over a restart.
     *
     * @param sources the names of the only ones that are not read from now on
     */
    public synchronized void pause(Set<String> sources) {
        keepPaused(sources);
    }

    private void keepPaused(Set<String> sources) {
        Set<String> known = config.sources().stream().map(SourceConfig::name).collect(Collectors.toSet());
        known.retainAll(sources);
        paused = Set.copyOf(known);
        outputs.forEach(output -> output.pause(known));
        shared.pause(known);
    }

    /** Sends what has been read now, however long it might wait for more. */
    public void flush() {
        running().forEach(Pipeline::flushSoon);
    }

    /**
     * Sends a file again from an offset on. The pipelines concerned are stopped for a moment.
     *
     * @param output only for that output; null for all
     * @param offset where to go on, in bytes
     * @return what was changed, nothing if no output knows the file
     * @throws RefusedException if it cannot be, for any output: then everything is as it was
     */
    public synchronized List<Rewound> rewind(Path file, @Nullable String output, long offset) throws RefusedException {
        requireRunning();
        List<RunningOutput> chosen = outputs.stream()
                .filter(each -> output == null || output.equals(each.name()))
                .toList();
        Reload.refuseToLose(chosen);
        shared.makeWay(config);
        drain(chosen.stream().map(RunningOutput::pipeline).toList());
        List<Rewound> rewound = new ArrayList<>();
        List<IOException> obstacles = new ArrayList<>();
        for (RunningOutput each : chosen) {
            Runnable between = () -> {
                try {
                    rewound.addAll(each.rewind(file, offset));
                } catch (IOException e) {
                    obstacles.add(e);
                }
            };
            Reload.mustSucceed(() -> each.startAgain(between), fatal);
        }
        Reload.mustSucceed(() -> shared.goOn(config, running(), fatal), fatal);
        keepPaused(paused);
        if (rewound.isEmpty() && !obstacles.isEmpty()) {
            throw new RefusedException(obstacles.get(0));
        }
        return rewound;
    }

    /**
     * Sends dead letters of an output again, through its transport, beside all that it sends.
     *
     * @throws RefusedException if there is no such output
     * @throws IOException if they cannot be read or written, or are being replayed already; with a message for the user
     */
    public DeadLetterReplay.Outcome replay(String output, Predicate<DeadLetter> selected)
            throws RefusedException, IOException, InterruptedException {
        RunningOutput chosen = outputs.stream()
                .filter(each -> each.name().equals(output))
                .findFirst()
                .orElseThrow(() -> new RefusedException("there is no output '" + output + "'"));
        return DeadLetterReplay.of(
                        config,
                        chosen.output(),
                        chosen.output(),
                        chosen.transport(),
                        new Restorer(config, chosen.output()),
                        selected)
                .run();
    }

    /**
     * What a stop left undelivered.
     *
     * @param events lines that were read but not delivered
     * @param batches the batches they are in
     */
    public record Leftover(long events, int batches) {}
}
