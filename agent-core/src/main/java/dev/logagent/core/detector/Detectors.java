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
 * @param sink takes the runs that the detectors read; gives false if the agent stops
 */
public record Detectors(
        FileWatcher watcher,
        Positions positions,
        boolean damaged,
        MemoryBudget budget,
        GlobalConfig global,
        Path stateFolder,
        Predicate<LineRun> sink,
        AgentEvents events) {

    /** A detector for the source, not started yet. */
    public Detector create(SourceConfig source) {
        long nowMillis = System.currentTimeMillis();
        OptionalLong started = positions.startedMillis(source.name());
        StartAt firstStart = started.isPresent() || damaged ? StartAt.BEGINNING : source.startAt();
        positions.markStarted(source.name(), nowMillis);
        ReadContext context = new ReadContext(source.info(), budget, global.maxLineBytes(), sink, events);
        SourceScan scan = new SourceScan(source, stateFolder, events);
        // Any number that cannot have been used before: seconds, because generations never follow each other faster.
        int firstGeneration = damaged ? (int) TimeUnit.MILLISECONDS.toSeconds(nowMillis) : 0;
        SourceFiles files = new SourceFiles(
                scan,
                new Generations(source.name(), positions, firstGeneration, events),
                context,
                firstStart,
                TimeUnit.MILLISECONDS.toNanos(lastSeen(source.name(), started.orElse(nowMillis))));
        return new Detector(source.name(), files, watcher, source.delay());
    }

    /** When the source's files were looked at last in an earlier life: rotated files that are newer are owed. */
    private long lastSeen(String source, long startedMillis) {
        return positions.ofSource(source).stream()
                .map(FilePosition::sighting)
                .mapToLong(FilePosition.Sighting::seenMillis)
                .reduce(startedMillis, Math::max);
    }
}
