package dev.logagent.core.detector;

import dev.logagent.core.ack.Positions;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.discovery.FileSearch;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.discovery.PatternSearch;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Intake;
import dev.logagent.core.lines.TextEncoding;
import dev.logagent.core.multiline.Grouping;
import dev.logagent.core.runtime.MemoryBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a detector for each source.
 *
 * @param watcher shared by all sources and outputs, as {@code places} and {@code deleted} are
 * @param damaged whether positions were lost: then files that are not known may have been read in part, and are read from
 *     their beginning
 */
public record Detectors(
        FileWatcher watcher,
        OpenFiles places,
        DeletedFiles deleted,
        Positions positions,
        boolean damaged,
        MemoryBudget budget,
        GlobalConfig global,
        Path stateFolder,
        AgentEvents events) {

    /** The clock that gives files their times runs in steps, and so behind the one that is read here. */
    private static final long FILE_CLOCK_LAG_MILLIS = 100;

    /** The rest of a line that a container runtime has cut follows at once, or never. */
    private static final Duration CUT_LINE_TIMEOUT = Duration.ofSeconds(1);

    /**
     * A detector for the source, not started yet.
     *
     * @param search finds the files of the source; null if its patterns do
     * @param containers whether what container runtimes cut is to be joined
     * @param intake takes the runs that the detector reads
     */
    public Detector create(SourceConfig source, @Nullable FileSearch search, boolean containers, Intake intake) {
        long nowMillis = System.currentTimeMillis();
        OptionalLong started = positions.startedMillis(source.name());
        StartAt firstStart = started.isPresent() || damaged ? StartAt.BEGINNING : source.startAt();
        positions.markStarted(source.name(), nowMillis);
        FileSearch files =
                search != null ? search : new PatternSearch(source.info(), source.logPaths(), source.exclude());
        MultilineConfig multiline = source.multiline();
        InputConfig.Files text =
                source.input() instanceof InputConfig.Files configured ? configured : InputConfig.Files.ALL;
        TextEncoding encoding = TextEncoding.of(text.encoding());
        // Container runtimes write UTF-8.
        boolean joins = containers && (encoding == null || !encoding.isWide());
        ReadContext context = new ReadContext(
                files,
                budget,
                places,
                intake.pace(),
                global.maxLineBytes(),
                Grouping.of(multiline, joins),
                multiline.isNone() ? CUT_LINE_TIMEOUT : multiline.timeout(),
                encoding,
                text.skipLines(),
                intake.room(),
                intake.sink(),
                events);
        SourceScan scan = new SourceScan(source.name(), files, stateFolder, events);
        // Any number that cannot have been used before: seconds, because generations never follow each other faster.
        int firstGeneration = damaged ? (int) TimeUnit.MILLISECONDS.toSeconds(nowMillis) : 0;
        Generations generations = new Generations(source.name(), positions, firstGeneration, events);
        Beginnings beginnings = new Beginnings(
                generations,
                firstStart,
                TimeUnit.MILLISECONDS.toNanos(owedSince(source, started, nowMillis)),
                damaged ? Duration.ZERO : text.ignoreOlder(),
                global.maxLineBytes());
        SourceFiles followed = new SourceFiles(scan, generations, beginnings, deleted, context);
        return new Detector(
                source.name(), followed, watcher, places, source.delay(), scanInterval(source), intake.pulse());
    }

    private static Duration scanInterval(SourceConfig source) {
        DiscoveryConfig discovery = source.discovery();
        return discovery == null ? Detector.SAFETY_SCAN : discovery.scanInterval();
    }

    /**
     * From when on rotated files that nobody knows are owed: since the source's folders were certainly looked through in an
     * earlier life; with a margin for busy folders and slow clocks, and because what looks like a copy at first is looked at again.
     */
    private long owedSince(SourceConfig source, OptionalLong started, long nowMillis) {
        if (started.isEmpty()) {
            return damaged ? 0 : nowMillis - FILE_CLOCK_LAG_MILLIS;
        }
        long sinceStart = started.getAsLong() - FILE_CLOCK_LAG_MILLIS;
        OptionalLong scanned = positions.scannedMillis(source.name());
        return scanned.isEmpty()
                ? sinceStart
                : Math.max(
                        sinceStart,
                        scanned.getAsLong() - 2 * scanInterval(source).toMillis());
    }
}
