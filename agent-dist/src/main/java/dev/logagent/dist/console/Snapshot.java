package dev.logagent.dist.console;

import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.ProcessStatus;
import dev.logagent.core.status.SourceStatus;
import java.util.List;

/**
 * The agent at one moment. Immutable.
 *
 * @param atMillis in milliseconds since the epoch
 */
record Snapshot(
        long atMillis,
        List<OutputStatus> outputs,
        List<SourceStatus> sources,
        ProcessStatus process,
        List<Trouble> troubles) {

    static Snapshot of(List<OutputStatus> outputs, List<SourceStatus> sources) {
        ProcessStatus process = ProcessStatus.now();
        return new Snapshot(
                System.currentTimeMillis(), outputs, sources, process, Diagnosis.of(outputs, sources, process));
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

    /** How old the oldest line is that is not delivered, in milliseconds. */
    long lagMillis() {
        return sources.stream().mapToLong(SourceStatus::lagMillis).max().orElse(0);
    }
}
