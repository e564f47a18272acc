package dev.logagent.core.alerts;

import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.events.AgentStatus;
import dev.logagent.core.runtime.Workers;
import dev.logagent.core.status.DiskUse;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Gauges;
import dev.logagent.core.status.Health;
import dev.logagent.core.status.LatencyHistogram;
import dev.logagent.core.status.Outcome;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.ProcessStatus;
import dev.logagent.core.status.SourceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes readings of an agent with one output and one source, all well unless told otherwise. */
final class Readings {

    static final BufferConfig SHARE = new BufferConfig(1000, 1000, BufferConfig.OnFull.BLOCK);

    long atMillis = 1_000_000;
    Health health = new Health(Health.State.DELIVERING, "", 0);
    long delivered;
    long failed;
    int batches;
    long memoryUsed;
    long deadLetterBytes;
    long spoolBytes;
    long dropped;
    long spoolSince;

    @Nullable String spoolProblem;

    @Nullable String stateProblem;

    long lines;
    Map<String, Long> lost = Map.of();
    final List<FileStatus> files = new ArrayList<>();
    long resident = 50 << 20;
    long diskFree = 900;
    final List<Workers.Busy> busy = new ArrayList<>();

    Readings() {
        file(FileStatus.State.FOLLOWING, "", 0);
    }

    void file(FileStatus.State state, String reason, long lagMillis) {
        files.clear();
        files.add(new FileStatus("/var/log/app.log", state, reason, 10, 10, 10, lagMillis));
    }

    Readings later(Duration time) {
        atMillis += time.toMillis();
        return this;
    }

    Reading reading() {
        OutputStatus output = new OutputStatus(
                "default",
                health,
                new OutputStatus.Read(0, 0),
                new OutputStatus.Delivered(0, 0, 0, new LatencyHistogram().counts()),
                new OutputStatus.Queue(
                        0, 0, new Gauges(batches, 0, 10, memoryUsed, 1000, 0, 0, 0, Duration.ZERO, Duration.ZERO)),
                0,
                Map.of(Outcome.DELIVERED, delivered, Outcome.RETRY, failed),
                new LatencyHistogram().counts(),
                new OutputStatus.DeadLetters(0, deadLetterBytes, null, null, Map.of()),
                new AgentStatus.Spool(0, spoolBytes, 0, dropped, 0, 0),
                spoolSince,
                spoolProblem,
                stateProblem);
        SourceStatus source = new SourceStatus(
                "app",
                List.of("/var/log/app*.log"),
                new SourceStatus.Counters(lines, 0, 0, 0, 0, 0, lost, Map.of()),
                Map.of(),
                files);
        return new Reading(
                atMillis,
                List.of(output),
                List.of(source),
                new ProcessStatus(1, 1, resident, 1, 1, 10, 1024, 1, 1),
                SHARE,
                new DiskUse(Path.of("/state"), 1000, diskFree),
                busy);
    }
}
