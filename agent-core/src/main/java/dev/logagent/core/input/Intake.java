package dev.logagent.core.input;

import dev.logagent.api.LineRun;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.limits.Pace;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.runtime.Pulse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The way into one output's pipeline for the lines of one source. Confined to one thread at a time.
 *
 * @param output the name of the output
 * @param pace how fast the source may be read
 * @param room waits for room for a run, no longer than it is told; gives false if there is none
 * @param sink takes a run when there is room; gives false if the agent stops, and then has not taken it
 * @param pulse of who uses these
 */
public record Intake(
        String output,
        Pace pace,
        MemoryBudget budget,
        Predicate<Duration> room,
        Predicate<LineRun> sink,
        AgentEvents events,
        Pulse pulse) {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    /** Takes the run when there is room and memory for it. Gives false, and has not taken it, if the source is stopped first. */
    boolean take(LineRun run, BooleanSupplier stopped) {
        long cost = MemoryBudget.cost(run);
        while (!pace.await(LONGEST_WAIT) || !room.test(LONGEST_WAIT) || !budget.acquire(cost, LONGEST_WAIT)) {
            if (stopped.getAsBoolean()) {
                return false;
            }
        }
        if (!sink.test(run)) {
            budget.release(cost);
            return false;
        }
        pace.took(run.count(), run.byteCount());
        events.linesRead(run);
        return true;
    }
}
