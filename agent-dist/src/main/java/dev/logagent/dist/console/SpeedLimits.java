package dev.logagent.dist.console;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.LimitsConfig;
import dev.logagent.core.config.RateConfig;
import dev.logagent.core.config.SourceConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast the configuration allows sources to be read, in words. Immutable.
 *
 * @param ofSources of those that have a limit of their own, by name
 * @param ofAll of all together; empty if there is none
 */
record SpeedLimits(Map<String, String> ofSources, String ofAll) {

    static final SpeedLimits NONE = new SpeedLimits(Map.of(), "");

    SpeedLimits {
        ofSources = Map.copyOf(ofSources);
    }

    static SpeedLimits of(AgentConfig config) {
        Map<String, String> limits = new HashMap<>();
        for (SourceConfig source : config.sources()) {
            if (!source.rate().isUnlimited()) {
                limits.put(source.name(), words(source.rate(), ""));
            }
        }
        LimitsConfig all = config.limits();
        String ofAll = !all.rate().isUnlimited()
                ? "all sources together are " + words(all.rate(), " in [limits]")
                : all.cpuPercent() > 0
                        ? "the agent is limited to " + all.cpuPercent() + " % of a processor by cpu_percent in [limits]"
                        : "";
        return new SpeedLimits(limits, ofAll);
    }

    private static String words(RateConfig rate, String table) {
        return rate.linesPerSecond() > 0
                ? "limited to " + rate.linesPerSecond() + " lines a second by max_lines_per_sec" + table
                : "limited to " + rate.bytesPerSecond() + " bytes a second by max_bytes_per_sec" + table;
    }

    /** Why a source is read no faster; empty if it may be read as fast as can be. */
    String on(String source) {
        return ofSources.getOrDefault(source, ofAll);
    }
}
