package dev.logagent.core.detector;

import dev.logagent.api.LineRun;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.MemoryBudget;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Makes a detector for each source.
 *
 * @param damaged whether positions were lost: then files that are not known may have been read in part, and are read from
 *     their beginning
 */
public record Detectors(
        FileWatcher watcher,
        Positions positions,
        boolean damaged,
        MemoryBudget budget,
        GlobalConfig global,
        Path stateFolder,
        AgentEvents events) {

    /** The clock that gives files their times runs in steps, and so behind the one that is read here. */
    private static final long FILE_CLOCK_LAG_MILLIS = 100;

    /**
     * A detector for the source, not started yet.
     *
     * @param sink takes the runs that the detector reads; gives false if the agent stops
     */
    public Detector create(SourceConfig source, Predicate<LineRun> sink) {
        long nowMillis = System.currentTimeMillis();
        OptionalLong started = positions.startedMillis(source.name());
        StartAt firstStart = started.isPresent() || damaged ? StartAt.BEGINNING : source.startAt();
        positions.markStarted(source.name(), nowMillis);
        ReadContext context = new ReadContext(source.info(), budget, global.maxLineBytes(), sink, events);
        SourceScan scan = new SourceScan(source, stateFolder, events);
        // Any number that cannot have been used before: seconds, because generations never follow each other faster.
        int firstGeneration = damaged ? (int) TimeUnit.MILLISECONDS.toSeconds(nowMillis) : 0;
        Generations generations = new Generations(source.name(), positions, firstGeneration, events);
        Beginnings beginnings = new Beginnings(
                generations,
                firstStart,
                TimeUnit.MILLISECONDS.toNanos(owedSince(source.name(), started, nowMillis)),
                global.maxLineBytes());
        SourceFiles files = new SourceFiles(scan, generations, beginnings, context);
        return new Detector(source.name(), files, watcher, source.delay());
    }

    /**
     * From when on rotated files that nobody knows are owed: since the source's folders were certainly looked through in an
     * earlier life. A file may have been looked at after another one had come that no scan has found yet.
     */
    private long owedSince(String source, OptionalLong started, long nowMillis) {
        if (started.isEmpty()) {
            return damaged ? 0 : nowMillis - FILE_CLOCK_LAG_MILLIS;
        }
        return positions.ofSource(source).stream()
                .map(FilePosition::sighting)
                .mapToLong(sighting -> sighting.seenMillis() - Detector.LONGEST_SCAN_DELAY.toMillis())
                .reduce(started.getAsLong() - FILE_CLOCK_LAG_MILLIS, Math::max);
    }
}
