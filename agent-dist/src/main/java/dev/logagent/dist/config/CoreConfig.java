package dev.logagent.dist.config;

import dev.logagent.api.SourceInfo;
import dev.logagent.api.option.Options;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.SourceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns valid options into what the pipeline takes. */
final class CoreConfig {

    /** Times beyond this mean "never", and must not overflow where they are counted in nanoseconds. */
    private static final long LONGEST_MILLIS = Duration.ofDays(366).toMillis();

    private CoreConfig() {}

    static AgentConfig of(Options global, List<Options> sources, Options buffer, Surroundings surroundings) {
        return new AgentConfig(
                global(global, surroundings),
                sources.stream()
                        .map(source -> source(source, global, surroundings))
                        .toList(),
                new BufferConfig(buffer.integer(BufferTable.MAX_MEMORY_BYTES)));
    }

    private static GlobalConfig global(Options global, Surroundings surroundings) {
        Path stateDir = global.optionalString(GlobalTable.STATE_DIR)
                .map(surroundings::absolute)
                .orElseGet(surroundings::defaultStateDirectory);
        return new GlobalConfig(
                global.string(GlobalTable.AGENT_NAME),
                (int) global.integer(GlobalTable.MAX_SEND_TASK),
                (int) global.integer(GlobalTable.RETRY_COUNT),
                millis(global.integer(GlobalTable.RETRY_DELAY_MS)),
                (int) Math.min(Integer.MAX_VALUE, global.integer(GlobalTable.CHANNEL_BOUND)),
                seconds(global.decimal(GlobalTable.INTERVAL_SECS)),
                (int) global.integer(GlobalTable.MAX_BATCH_SIZE),
                global.integer(GlobalTable.MAX_BATCH_BYTES),
                stateDir,
                GlobalConfig.Ordering.valueOf(upper(global.string(GlobalTable.ORDERING))),
                (int) global.integer(GlobalTable.MAX_LINE_BYTES),
                seconds(global.decimal(GlobalTable.SHUTDOWN_TIMEOUT_SECS)));
    }

    private static SourceConfig source(Options source, Options global, Surroundings surroundings) {
        Map<String, String> tags = new LinkedHashMap<>(global.map(GlobalTable.TAGS));
        tags.putAll(source.map(SourceTable.TAGS));
        String host = global.optionalString(GlobalTable.HOST).orElse(surroundings.hostName());
        SourceInfo info = new SourceInfo(
                source.string(SourceTable.NAME),
                source.optionalString(SourceTable.SERVICE).orElse(null),
                source.optionalString(SourceTable.COMPONENT).orElse(null),
                host.isEmpty() ? null : host,
                source.optionalString(SourceTable.REGION)
                        .or(() -> global.optionalString(GlobalTable.REGION))
                        .orElse(null),
                tags);
        return new SourceConfig(
                info,
                absolute(source.list(SourceTable.LOG_PATH), surroundings),
                absolute(source.list(SourceTable.EXCLUDE), surroundings),
                millis(source.integer(SourceTable.DELAY_MS)),
                SourceConfig.StartAt.valueOf(upper(source.optionalString(SourceTable.START_AT)
                        .orElseGet(() -> global.string(GlobalTable.START_AT)))));
    }

    private static List<String> absolute(List<String> paths, Surroundings surroundings) {
        return paths.stream()
                .map(path -> surroundings.absolute(path).toString())
                .toList();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(Math.min(millis, LONGEST_MILLIS));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(Math.min(seconds, LONGEST_MILLIS / 1e3) * 1e9));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
