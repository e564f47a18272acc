package dev.logagent.core.detector;

import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.multiline.Grouping;
import dev.logagent.core.runtime.MemoryBudget;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file needs from its source.
 *
 * @param grouping which lines belong together, or null if every line is an event
 * @param groupTimeout how long an event waits for its next line
 * @param sink takes a run, waiting for room; gives false if the agent stops, and then has not taken it
 */
record ReadContext(
        SourceInfo source,
        MemoryBudget budget,
        OpenFiles places,
        int maxLineBytes,
        @Nullable Grouping grouping,
        Duration groupTimeout,
        Predicate<LineRun> sink,
        AgentEvents events) {

    /** For a source of which every line is an event. */
    ReadContext(
            SourceInfo source,
            MemoryBudget budget,
            OpenFiles places,
            int maxLineBytes,
            Predicate<LineRun> sink,
            AgentEvents events) {
        this(source, budget, places, maxLineBytes, null, Duration.ZERO, sink, events);
    }

    boolean handOver(LineRun run) {
        if (!sink.test(run)) {
            return false;
        }
        events.linesRead(run);
        return true;
    }
}
