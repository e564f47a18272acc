package dev.logagent.dist.console;

import dev.logagent.core.StatusBoard;
import dev.logagent.core.events.AgentStatus;
import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.ProcessStatus;
import dev.logagent.core.status.SourceStatus;
import java.util.List;
import java.util.Set;

/**
 * The agent at one moment. Immutable.
 *
 * @param atMillis when this was, in milliseconds since the epoch
 * @param paused the names of the sources that are not read because somebody has asked for that
 * @param limits how fast may be read
 * @param inventory what was found where logs are looked for
 * @param totals what all outputs have counted together
 * @param draining whether the agent has been told to stop
 */
record Snapshot(
        Program program,
        long atMillis,
        List<OutputStatus> outputs,
        List<SourceStatus> sources,
        Set<String> paused,
        SpeedLimits limits,
        List<FoundFile> inventory,
        ProcessStatus process,
        AgentStatus totals,
        boolean draining) {

    /**
     * @param sources as they were a moment ago
     * @param inventory as it was then
     */
    static Snapshot of(Program program, StatusBoard board, List<SourceStatus> sources, List<FoundFile> inventory) {
        return new Snapshot(
                program,
                System.currentTimeMillis(),
                board.outputs(),
                sources,
                board.paused(),
                SpeedLimits.of(board.config()),
                inventory,
                ProcessStatus.now(),
                board.totals(),
                board.isDraining());
    }

    /** What is wrong, the worst first. */
    List<Trouble> troubles() {
        return Diagnosis.of(this);
    }

    boolean isStarted() {
        return !outputs.isEmpty();
    }

    long files(FileStatus.State state) {
        return sources.stream()
                .flatMap(source -> source.files().stream())
                .filter(file -> file.state() == state)
                .count();
    }

    long files() {
        return sources.stream().mapToLong(source -> source.files().size()).sum();
    }

    /** How old the oldest line is that is not delivered, be it in its file or in a spool, in milliseconds. */
    long lagMillis() {
        long files = sources.stream().mapToLong(SourceStatus::lagMillis).max().orElse(0);
        long spools = outputs.stream()
                .mapToLong(output -> output.spoolAgeMillis(atMillis))
                .max()
                .orElse(0);
        return Math.max(files, spools);
    }
}
