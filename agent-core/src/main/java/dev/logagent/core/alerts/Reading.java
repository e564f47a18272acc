package dev.logagent.core.alerts;

import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.runtime.Workers;
import dev.logagent.core.status.DiskUse;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.ProcessStatus;
import dev.logagent.core.status.SourceStatus;
import java.util.List;

/**
 * Everything that the rules look at, taken at one moment. Immutable.
 *
 * @param atMillis in milliseconds since the epoch
 * @param share what each output may pile up
 * @param disk of the file system that holds the state folder
 * @param busy workers that are at something now, and for how long
 */
public record Reading(
        long atMillis,
        List<OutputStatus> outputs,
        List<SourceStatus> sources,
        ProcessStatus process,
        BufferConfig share,
        DiskUse disk,
        List<Workers.Busy> busy) {

    public Reading {
        outputs = List.copyOf(outputs);
        sources = List.copyOf(sources);
        busy = List.copyOf(busy);
    }
}
