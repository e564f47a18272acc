package dev.logagent.core.alerts;

import dev.logagent.core.config.AlertsConfig;
import dev.logagent.core.runtime.Workers;
import dev.logagent.core.status.DiskUse;
import java.util.ArrayList;
import java.util.List;

/** Finds what in a reading is beyond the limits. Remembers what it compares with; for use in one thread. */
final class Rules {

    private final AlertsConfig config;
    private final OutputRules outputs;
    private final SourceRules sources;

    Rules(AlertsConfig config) {
        this.config = config;
        this.outputs = new OutputRules(config);
        this.sources = new SourceRules(config);
    }

    List<Finding> judge(Reading now) {
        List<Finding> findings = new ArrayList<>();
        now.busy().forEach(worker -> worker(worker, findings));
        now.outputs().forEach(output -> outputs.judge(output, now.share(), now.atMillis(), findings));
        now.sources().forEach(source -> sources.judge(source, now.atMillis(), findings));
        disk(now.disk(), findings);
        memory(now.process().residentBytes(), findings);
        return findings;
    }

    private void worker(Workers.Busy worker, List<Finding> findings) {
        double busy = worker.time().toMillis() / 1e3;
        double limit = config.stuck().toMillis() / 1e3;
        if (limit > 0 && busy > limit) {
            findings.add(
                    Finding.measured(
                            AlertRule.WORKER_STUCK,
                            Subject.worker(worker.name()),
                            busy,
                            limit,
                            "has been stuck for " + Words.age(worker.time().toMillis())
                                    + ". /health/live fails; a restart loses nothing. A thread dump (jstack, kill -3) shows where."));
        }
    }

    private void disk(DiskUse disk, List<Finding> findings) {
        double used = disk.usedPercent();
        if (Finding.isNear(used, config.diskPercent())) {
            findings.add(Finding.measured(
                    AlertRule.DISK_USE,
                    Subject.AGENT,
                    used,
                    config.diskPercent(),
                    "has only " + Words.size(disk.freeBytes()) + " left on the disk of " + disk.path() + " ("
                            + Words.percent(used) + " in use): positions, spool and dead letters are kept there."));
        }
    }

    private void memory(long resident, List<Finding> findings) {
        double limit = (double) config.memoryBytes();
        if (Finding.isNear((double) resident, limit)) {
            findings.add(Finding.measured(
                    AlertRule.MEMORY,
                    Subject.AGENT,
                    (double) resident,
                    limit,
                    "takes " + Words.size(resident) + " of memory (limit " + Words.size(config.memoryBytes()) + ")."));
        }
    }
}
