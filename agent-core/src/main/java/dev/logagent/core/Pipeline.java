package dev.logagent.core;

import dev.logagent.api.Batch;
import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.aggregator.Aggregator;
import dev.logagent.core.checkpoint.CheckpointStore;
import dev.logagent.core.checkpoint.CheckpointStore.Loaded;
import dev.logagent.core.checkpoint.Checkpointer;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.deadletter.DeadLetters;
import dev.logagent.core.detector.Detector;
import dev.logagent.core.detector.Detectors;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.parser.ParserStage;
import dev.logagent.core.parser.Parsers;
import dev.logagent.core.redaction.Redactor;
import dev.logagent.core.routing.LineFilter;
import dev.logagent.core.routing.Routing;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.sender.Outlet;
import dev.logagent.core.sender.Sender;
import dev.logagent.core.status.FileFigures;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Gauges;
import dev.logagent.core.status.OutputFigures;
import dev.logagent.core.status.OutputStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The stages of one output in their order, each given to the one before it:
 *
 * <pre>
 * discovery -> detector -> parser -> aggregator -> sender -> transport -> ack -> checkpoint
 *   files       lines      events     batches     workers     bytes     offsets    disk
 * </pre>
 *
 * An agent with several outputs has as many pipelines: each reads for itself, and so knows its own position; a slow one
 * neither holds the others up nor makes them repeat anything.
 *
 * <p>The stages are started from the end backwards, so that nothing is read before it can be delivered, and stopped from the front
 * forwards.
 */
final class Pipeline {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    /** Besides the time a batch may stay open: nobody has to be told of a line that is on its way for so long. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final Checkpointer checkpointer;
    private final Positions positions;
    private final MemoryBudget budget;
    private final Sender sender;
    private final DeadLetters deadLetters;
    private final OutputConfig output;
    private final OutputFigures figures;
    private final FileFigures files;
    private final Aggregator aggregator;
    private final List<Detector> detectors = new ArrayList<>();

    /**
     * The stages for one output.
     *
     * @param folder where the output's positions, dead letters and spool are kept
     * @param shared with other pipelines
     * @param figures sees what passes
     * @param crashPoints where a test may end the process
     * @throws IOException if the positions cannot be read, with a message for the user
     */
    Pipeline(
            AgentConfig config,
            OutputConfig output,
            Transport transport,
            Path folder,
            SharedLimits shared,
            AgentEvents events,
            OutputFigures figures,
            FatalError fatal,
            CrashPoints crashPoints)
            throws IOException {
        this.folder = folder;
        this.output = output;
        this.figures = figures;
        CheckpointStore store = new CheckpointStore(folder, events, crashPoints);
        Loaded loaded = store.load();
        positions = loaded.positions();
        files = new FileFigures(positions, LEAST_PATIENCE.plus(output.delivery().interval()));
        checkpointer = new Checkpointer(store, positions, events);
        BufferConfig share = config.buffer().share(config.outputs().size());
        budget = new MemoryBudget(share.maxMemoryBytes());
        Outlet outlet =
                new Outlet(output, share, config.sovereignty(), folder, new Parsers(config.sources(), output)::parse);
        deadLetters = new DeadLetters(folder, config.limits().maxDeadLetterBytes(), crashPoints);
        sender = new Sender(transport, outlet, deadLetters, budget, events, fatal, crashPoints, this::resolved);
        aggregator = new Aggregator(output.delivery(), sender);
        Detectors factory = new Detectors(
                shared.watcher(),
                shared.places(),
                shared.deleted(),
                positions,
                loaded.damaged(),
                budget,
                config.global(),
                config.global().stateDir(),
                events);
        Routing routing = new Routing(config.routes(), config.outputs(), config.sovereignty());
        for (SourceConfig source : config.sources()) {
            Set<Level> levels = routing.levelsFor(source.info(), output);
            if (!levels.isEmpty()) {
                detectors.add(
                        factory.create(source, holdsContainers(source, output), sink(config, source, levels, events)));
            }
        }
    }

    /**
     * The way from a detector to the aggregator. What must not leave is taken out first, so that nothing can be found in it;
     * the level of a line is known when it has been parsed. A stage that a source does not need costs nothing.
     */
    private Predicate<LineRun> sink(AgentConfig config, SourceConfig source, Set<Level> levels, AgentEvents events) {
        Predicate<LineRun> sink = figures.watching(aggregator::offer);
        if (levels.size() < Level.values().length) {
            sink = new LineFilter(levels, sink, this::resolved);
        }
        String parser = source.parser().nameFor(output.parsing());
        if (!parser.equals(ParserConfig.PLAIN)) {
            sink = new ParserStage(parser, source.parser(), budget, events, sink);
        }
        List<RedactionConfig> rules = config.redactions().stream()
                .filter(rule -> rule.appliesTo(source.info(), output))
                .toList();
        return rules.isEmpty() ? sink : new Redactor(rules, budget, events, sink);
    }

    private static boolean holdsContainers(SourceConfig source, OutputConfig output) {
        return Parsers.readsContainers(source.parser().nameFor(output.parsing()));
    }

    void start(FatalError fatal) throws IOException, InterruptedException {
        sender.start();
        aggregator.start(fatal);
        for (Detector detector : detectors) {
            detector.start(fatal);
        }
        for (Detector detector : detectors) {
            detector.awaitFirstScan();
        }
        // Where reading begins must be known after a crash, before the first line is on its way.
        if (!checkpointer.save()) {
            throw new IOException("the positions cannot be saved in " + folder);
        }
        detectors.forEach(Detector::beginReading);
        checkpointer.start(fatal);
    }

    private void resolved(Batch batch) {
        figures.resolved(batch);
        batch.runs().forEach(this::resolved);
    }

    private void resolved(LineRun run) {
        positions.resolve(run);
        budget.release(MemoryBudget.cost(run));
    }

    /** Tells the detectors to end when they have read everything that is there now. */
    void finishReading() {
        detectors.forEach(Detector::finish);
    }

    /** Waits until everything that is there now is read and delivered, however long it takes. */
    void awaitDelivered() throws InterruptedException {
        for (Detector detector : detectors) {
            detector.awaitEnd(Duration.ofDays(365));
        }
        aggregator.finish();
        aggregator.awaitEnd(Duration.ofDays(365));
        sender.awaitEmpty(Duration.ofDays(365));
    }

    /** Stops reading, and waits for what is on its way. Gives whether everything has arrived. */
    boolean drain(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        detectors.forEach(Detector::stop);
        budget.close();
        aggregator.finish();
        sender.finish();
        for (Detector detector : detectors) {
            detector.awaitEnd(until(deadline));
        }
        boolean empty = aggregator.awaitEnd(until(deadline)) && sender.awaitEmpty(until(deadline));
        sender.stop(STOP_TIMEOUT);
        return empty;
    }

    private static Duration until(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /** How the output does now. */
    OutputStatus status() {
        return figures.status(new Gauges(
                sender.unresolvedBatches(),
                sender.waitingForRetry(),
                output.delivery().channelBound(),
                budget.used(),
                budget.max(),
                deadLetters.bytes(),
                sender.spooledBatches(),
                sender.spooledBytes(),
                sender.away(),
                checkpointer.age()));
    }

    /** What the sources have reported for this output. */
    OutputFigures figures() {
        return figures;
    }

    /** How the followed files do for this output, by their source. */
    Map<String, List<FileStatus>> files() {
        return files.sample();
    }

    int unresolvedBatches() {
        return sender.unresolvedBatches();
    }

    long unresolvedEvents() {
        return sender.unresolvedEvents();
    }

    long spooledBatches() {
        return sender.spooledBatches();
    }

    long spooledBytes() {
        return sender.spooledBytes();
    }

    /** Saves the positions and lets go of everything. */
    void close() {
        checkpointer.close();
    }
}
