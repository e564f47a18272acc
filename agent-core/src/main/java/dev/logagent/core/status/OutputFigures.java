package dev.logagent.core.status;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.events.AgentStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the pipeline of one output has reported so far. Safe for use by several threads. */
public final class OutputFigures implements AgentEvents {

    /** A destination that says something new of each event must not fill the memory. */
    private static final int MOST_REASONS = 20;

    private static final String OTHER_REASONS = "other reasons";

    private final String output;
    private final LineTap tap;
    private final Map<String, SourceFigures> sources = new ConcurrentHashMap<>();
    private final LongAdder readEvents = new LongAdder();
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder resolved = new LongAdder();
    private final LongAdder deliveredEvents = new LongAdder();
    private final LongAdder deliveredBytes = new LongAdder();
    private final LongAdder deliveredBatches = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder rejectedEvents = new LongAdder();
    private final LongAdder spooledEvents = new LongAdder();
    private final LongAdder droppedEvents = new LongAdder();
    private final LongAdder withheldEvents = new LongAdder();
    private final LongAdder damagedBatches = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<Outcome, LongAdder> attempts = new ConcurrentHashMap<>();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram delivery = new LatencyHistogram();
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
    private volatile Health health = Health.delivering(System.currentTimeMillis());
    private final AtomicLong spoolSince = new AtomicLong();
    private volatile @Nullable String rejection;
    private volatile @Nullable String stateProblem;
    private volatile @Nullable String deadLetterProblem;
    private volatile @Nullable String spoolProblem;

    /** @param tap sees the lines that are on their way to the output */
    public OutputFigures(String output, LineTap tap) {
        this.output = output;
        this.tap = tap;
    }

    public String output() {
        return output;
    }

    /** The same sink, with the runs that it takes counted and shown to whoever looks. */
    public Predicate<LineRun> watching(Predicate<LineRun> sink) {
        return run -> {
            if (!sink.test(run)) {
                return false;
            }
            accepted.add(run.count());
            tap.pass(output, run);
            return true;
        };
    }

    /** What was taken is not on its way any more: it has arrived, was refused for good, is in the spool or was dropped. */
    public void resolved(Batch batch) {
        resolved.add(batch.size());
    }

    /** The same, of the lines of one source; also of those that are not for this output. */
    public void resolved(LineRun run) {
        source(run.source().name()).resolved(run);
    }

    /** So many of the events that were taken are not on their way any more, and nothing is: their lines are read again. */
    public void forget(long events) {
        resolved.add(events);
        sources.values().forEach(SourceFigures::forgetUnresolved);
    }

    /** What the source has reported; made when it is asked for first. */
    public SourceFigures source(String name) {
        SourceFigures known = sources.get(name);
        return known != null ? known : sources.computeIfAbsent(name, ignored -> new SourceFigures());
    }

    /** The sources that have reported anything so far. */
    public Set<String> sources() {
        return Set.copyOf(sources.keySet());
    }

    void attemptBegins() {
        inFlight.incrementAndGet();
    }

    void attemptEnds(Outcome outcome, long tookNanos) {
        inFlight.decrementAndGet();
        attempts.computeIfAbsent(outcome, ignored -> new LongAdder()).increment();
        latency.record(tookNanos);
    }

    @Override
    public void fileRotated(String source, Path file) {
        source(source).rotations.increment();
    }

    @Override
    public void fileTruncated(String source, Path file, long readBefore) {
        source(source).truncations.increment();
    }

    @Override
    public void bytesLost(String source, Path file, long bytes, String reason) {
        source(source).lost(reason, bytes);
    }

    @Override
    public void inputOpened(String source, String input, String from) {
        source(source).inputProblem("");
    }

    @Override
    public void inputFailing(String source, String input, String reason) {
        source(source).inputProblem(reason);
    }

    @Override
    public void inputRecovered(String source, String input) {
        source(source).inputProblem("");
    }

    @Override
    public void recordsLost(String source, String input, long records, String reason) {
        source(source).recordsLost(reason, Math.max(1, records));
    }

    @Override
    public void fileSkipped(String source, Path file, String reason) {
        source(source).skip(file, reason);
    }

    @Override
    public void fileReadableAgain(String source, Path file) {
        source(source).readable(file);
    }

    @Override
    public void skippedFileGone(String source, Path file) {
        source(source).readable(file);
    }

    @Override
    public void lineSplit(String source, String file, long offset) {
        source(source).splitLines.increment();
    }

    @Override
    public void linesParsed(String format, LineRun run, int unparsed) {
        source(run.source().name()).parsed(format, run, unparsed);
    }

    @Override
    public void linesRead(LineRun run) {
        readEvents.add(run.count());
        readBytes.add(run.byteCount());
        SourceFigures source = source(run.source().name());
        source.lines.add(run.count());
        source.bytes.add(run.byteCount());
    }

    @Override
    public void batchDelivered(Batch batch) {
        deliveredEvents.add(batch.size());
        deliveredBytes.add(batch.byteCount());
        deliveredBatches.increment();
        long now = System.currentTimeMillis();
        for (LineRun run : batch.runs()) {
            delivery.record(TimeUnit.MILLISECONDS.toNanos(Math.max(0, now - run.detectedAtMillis())), run.count());
            source(run.source().name()).delivered.add(run.count());
        }
    }

    @Override
    public void batchRetried(Batch batch, int attempt, String reason, Duration delay) {
        retries.increment();
    }

    @Override
    public void destinationFailing(String reason, boolean misconfigured) {
        Health before = health;
        Health.State state = misconfigured ? Health.State.REFUSED : Health.State.RETRYING;
        long since = before.isDelivering() ? System.currentTimeMillis() : before.sinceMillis();
        health = new Health(state, reason, since);
    }

    @Override
    public void destinationRecovered(Duration outage, long failedAttempts) {
        health = Health.delivering(System.currentTimeMillis());
    }

    @Override
    public void eventsRejected(int events, String reason, Path deadLetters) {
        rejectedEvents.add(events);
        rejection = reason;
        String counted = reasons.containsKey(reason) || reasons.size() < MOST_REASONS ? reason : OTHER_REASONS;
        reasons.computeIfAbsent(counted, ignored -> new LongAdder()).add(events);
        deadLetterProblem = null;
    }

    @Override
    public void deadLettersFailing(String reason) {
        deadLetterProblem = reason;
    }

    @Override
    public void batchSpooled(Batch batch) {
        spoolSince.compareAndSet(0, batch.runs().get(0).detectedAtMillis());
        spooledEvents.add(batch.size());
    }

    @Override
    public void eventsDropped(long events) {
        droppedEvents.add(events);
    }

    @Override
    public void eventsWithheld(String source, int events, Path folder) {
        withheldEvents.add(events);
    }

    @Override
    public void spoolDamaged(Path setAside, long batches) {
        damagedBatches.add(batches);
    }

    @Override
    public void spoolFound(Path spool, long batches, long bytes) {
        spoolSince.compareAndSet(0, System.currentTimeMillis());
    }

    @Override
    public void spoolFailing(Path spool, String reason) {
        spoolProblem = reason;
    }

    @Override
    public void spoolWorksAgain() {
        spoolProblem = null;
    }

    @Override
    public void checkpointNotSaved(String reason) {
        stateProblem = reason;
    }

    @Override
    public void checkpointSavedAgain() {
        stateProblem = null;
    }

    static Map<String, Long> counts(Map<String, LongAdder> adders) {
        Map<String, Long> counts = new TreeMap<>();
        adders.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    @Override
    public void spoolDrained() {
        spoolSince.set(0);
    }

    /** Everything now. */
    public OutputStatus status(Gauges gauges) {
        Map<Outcome, Long> outcomes = new java.util.EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            LongAdder count = attempts.get(outcome);
            outcomes.put(outcome, count == null ? 0 : count.sum());
        }
        return new OutputStatus(
                output,
                health,
                new OutputStatus.Read(readEvents.sum(), readBytes.sum()),
                new OutputStatus.Delivered(
                        deliveredEvents.sum(), deliveredBytes.sum(), deliveredBatches.sum(), delivery.counts()),
                new OutputStatus.Queue(Math.max(0, accepted.sum() - resolved.sum()), inFlight.get(), gauges),
                retries.sum(),
                outcomes,
                latency.counts(),
                new OutputStatus.DeadLetters(
                        rejectedEvents.sum(), gauges.deadLetterBytes(), rejection, deadLetterProblem, counts(reasons)),
                new AgentStatus.Spool(
                        gauges.spooledBatches(),
                        gauges.spooledBytes(),
                        spooledEvents.sum(),
                        droppedEvents.sum(),
                        withheldEvents.sum(),
                        damagedBatches.sum()),
                gauges.spooledBatches() == 0 ? 0 : spoolSince.get(),
                spoolProblem,
                stateProblem);
    }
}
