package dev.logagent.core;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.LimitsConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.detector.DeletedFiles;
import dev.logagent.core.detector.OpenFiles;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.runtime.DescriptorLimit;

/** What the process has only once, and its pipelines share. */
record SharedLimits(FileWatcher watcher, OpenFiles places, DeletedFiles deleted) {

    /** More open files at once make nothing faster: idle ones are opened again when they grow. */
    private static final int MOST_OPEN_FILES = 4096;

    /** So many a source needs for a moment while it looks through its folders. */
    private static final int DESCRIPTORS_OF_A_SCAN = 3;

    private static final int MOST_SCANS = 8;

    /** Positions, a log, dead letters, and folders while they are forced to disk. */
    private static final int DESCRIPTORS_OF_STATE = 4;

    /** For whatever else the process opens: libraries, name resolution. */
    private static final int DESCRIPTORS_OF_OTHERS = 6;

    static SharedLimits of(AgentConfig config, FileWatcher watcher) {
        LimitsConfig limits = config.limits();
        int limit = DescriptorLimit.ofProcess();
        int scans = Math.max(1, Math.min(MOST_SCANS, limit / 64));
        long left = (long) limit - DescriptorLimit.inUse() - reserve(config) - (long) scans * DESCRIPTORS_OF_A_SCAN;
        int possible = (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
        int max = Math.min(possible, limits.maxOpenFiles().orElse(MOST_OPEN_FILES));
        return new SharedLimits(
                watcher,
                new OpenFiles(max, scans),
                new DeletedFiles(limits.maxHeldDeletedBytes(), limits.dropHeldDeleted()));
    }

    /** What connections and state may take besides what is open now. */
    private static int reserve(AgentConfig config) {
        int reserve = DESCRIPTORS_OF_OTHERS;
        for (OutputConfig output : config.outputs()) {
            GlobalConfig delivery = output.delivery();
            reserve += DESCRIPTORS_OF_STATE + delivery.maxSendTasks();
        }
        return reserve;
    }
}
