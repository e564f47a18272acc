package dev.logagent.core.input;

import dev.logagent.api.LineRun;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.runtime.Pulse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The way into one output's pipeline for the lines of one source. Confined to one thread at a time.
 *
 * @param sink takes a run, waiting for room; gives false if the agent stops, and then has not taken it
 * @param pulse of who uses the sink; idle while that waits for room
 */
public record Intake(MemoryBudget budget, Predicate<LineRun> sink, AgentEvents events, Pulse pulse) {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    /** Takes the run when there is memory for it. Gives false, and has not taken it, if the source is stopped first. */
    boolean take(LineRun run, BooleanSupplier stopped) {
        long cost = MemoryBudget.cost(run);
        while (!budget.acquire(cost, LONGEST_WAIT)) {
            if (stopped.getAsBoolean()) {
                return false;
            }
        }
        if (!sink.test(run)) {
            budget.release(cost);
            return false;
        }
        events.linesRead(run);
        return true;
    }
}
