package dev.logagent.core.detector;

import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.MemoryBudget;
import java.util.function.Predicate;

/**
 * What reading a file needs from its source.
 *
 * @param sink takes a run, waiting for room; gives false if the agent stops, and then has not taken it
 */
record ReadContext(
        SourceInfo source, MemoryBudget budget, int maxLineBytes, Predicate<LineRun> sink, AgentEvents events) {

    boolean handOver(LineRun run) {
        if (!sink.test(run)) {
            return false;
        }
        events.linesRead(run);
        return true;
    }
}
