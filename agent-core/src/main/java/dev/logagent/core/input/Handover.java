package dev.logagent.core.input;

import dev.logagent.api.LineRun;

/** Where a feed's runs go. */
@FunctionalInterface
public interface Handover {

    /**
     * Takes a run, waiting for room as long as it takes: this is where a slow destination holds a source up.
     *
     * @return false if the agent stops, and the run was not taken
     */
    boolean take(LineRun run);
}
