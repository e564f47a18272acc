package dev.logagent.core.config;

import java.util.OptionalInt;

/**
 * How much of the host the agent may take, over all sources and outputs.
 *
 * @param maxOpenFiles how many log files may be open at once; empty for as many as the limit of the process allows, within
 *     reason
 * @param maxHeldDeletedBytes how much disk space may be held by files that were deleted before they were read
 * @param dropHeldDeleted whether the oldest of them are given up when there is more; else they are kept all the same
 * @param maxDeadLetterBytes how many bytes the dead letters of one output may take
 * @param rate how much is read in a second, over all sources of one output
 * @param cpuPercent how much of one processor the agent may use before reading waits; 0 for as much as it needs
 */
public record LimitsConfig(
        OptionalInt maxOpenFiles,
        long maxHeldDeletedBytes,
        boolean dropHeldDeleted,
        long maxDeadLetterBytes,
        RateConfig rate,
        long cpuPercent) {

    /** What holds when nothing is configured. */
    public static final LimitsConfig DEFAULTS =
            new LimitsConfig(OptionalInt.empty(), 4L << 30, false, 1L << 30, RateConfig.UNLIMITED, 0);
}
