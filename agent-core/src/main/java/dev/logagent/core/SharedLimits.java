package dev.logagent.core;

import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.LimitsConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.detector.DeletedFiles;
import dev.logagent.core.detector.OpenFiles;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.core.runtime.DescriptorLimit;
import org.jspecify.annotations.Nullable;

/**
 * What the process has only once, and its pipelines share.
 *
 * @param discovery finds logs that the configuration does not name; null if that is not asked for
 */
record SharedLimits(
        StateFolder state,
        FileWatcher watcher,
        OpenFiles places,
        DeletedFiles deleted,
        @Nullable Discovery discovery) {

    /** More open files at once make nothing faster: idle ones are opened again when they grow. */
    private static final int MOST_OPEN_FILES = 4096;

    /** So many a source needs for a moment while it looks through its folders. */
    private static final int DESCRIPTORS_OF_A_SCAN = 3;

    private static final int MOST_SCANS = 8;

    /** Positions, a log, dead letters, and folders while they are forced to disk. */
    private static final int DESCRIPTORS_OF_STATE = 4;

    /** A socket and a selector, or the three pipes of a child. */
    private static final int DESCRIPTORS_OF_INPUT = 3;

    /** For whatever else the process opens: libraries, name resolution. */
    private static final int DESCRIPTORS_OF_OTHERS = 6;

    static SharedLimits of(AgentConfig config, StateFolder state, FileWatcher watcher, @Nullable Discovery discovery) {
        LimitsConfig limits = config.limits();
        int limit = DescriptorLimit.ofProcess();
        int scans = Math.max(1, Math.min(MOST_SCANS, limit / 64));
        long left = (long) limit - DescriptorLimit.inUse() - reserve(config) - (long) scans * DESCRIPTORS_OF_A_SCAN;
        int possible = (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
        int max = Math.min(possible, limits.maxOpenFiles().orElse(MOST_OPEN_FILES));
        return new SharedLimits(
                state,
                watcher,
                new OpenFiles(max, scans),
                new DeletedFiles(limits.maxHeldDeletedBytes(), limits.dropHeldDeleted()),
                discovery);
    }

    /** What connections and state may take besides what is open now. */
    private static int reserve(AgentConfig config) {
        int reserve = DESCRIPTORS_OF_OTHERS;
        for (OutputConfig output : config.outputs()) {
            GlobalConfig delivery = output.delivery();
            reserve += DESCRIPTORS_OF_STATE + delivery.maxSendTasks();
        }
        for (SourceConfig source : config.sources()) {
            boolean isFiles = source.input() instanceof InputConfig.Files;
            reserve += isFiles ? 0 : DESCRIPTORS_OF_INPUT * config.outputs().size();
            reserve += source.input() instanceof InputConfig.Syslog syslog ? syslog.maxConnections() : 0;
        }
        return reserve;
    }
}
