package dev.logagent.dist.config;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.option.Options;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.RouteConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SovereigntyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns valid options into what the pipeline takes. */
final class CoreConfig {

    /** Times beyond this mean "never", and must not overflow where they are counted in nanoseconds. */
    private static final long LONGEST_MILLIS = Duration.ofDays(366).toMillis();

    private CoreConfig() {}

    static AgentConfig of(ValidTables tables, Surroundings surroundings) {
        Options global = tables.global();
        GlobalConfig delivery = delivery(global, global, surroundings);
        List<OutputConfig> outputs = new ArrayList<>();
        outputs.add(
                new OutputConfig(OutputConfig.DEFAULT_NAME, delivery, Set.copyOf(global.list(GlobalTable.REGIONS))));
        for (Options output : tables.outputs()) {
            outputs.add(new OutputConfig(
                    output.string(OutputTable.NAME),
                    delivery(output, global, surroundings),
                    Set.copyOf(output.list(GlobalTable.REGIONS))));
        }
        return new AgentConfig(
                delivery,
                tables.sources().stream()
                        .map(source -> source(source, global, surroundings))
                        .toList(),
                new BufferConfig(tables.buffer().integer(BufferTable.MAX_MEMORY_BYTES)),
                outputs,
                tables.routes().stream().map(CoreConfig::route).toList(),
                sovereignty(tables.sovereignty()));
    }

    private static RouteConfig route(Options route) {
        return new RouteConfig(
                Set.copyOf(route.list(RouteTable.SOURCES)),
                route.list(RouteTable.LEVELS).stream()
                        .map(level -> Level.valueOf(upper(level)))
                        .collect(Collectors.toSet()),
                Set.copyOf(route.list(RouteTable.SERVICES)),
                Set.copyOf(route.list(RouteTable.REGIONS)),
                route.map(RouteTable.TAGS),
                Set.copyOf(route.list(RouteTable.OUTPUTS)),
                route.bool(RouteTable.CONTINUE));
    }

    private static SovereigntyConfig sovereignty(Options sovereignty) {
        return new SovereigntyConfig(sovereignty.tables(SovereigntyTable.RULES).stream()
                .map(rule -> new SovereigntyConfig.Rule(
                        rule.optionalString(SovereigntyTable.REGION).orElse(null),
                        rule.optionalString(SovereigntyTable.CLASSIFICATION).orElse(null),
                        Set.copyOf(rule.list(SovereigntyTable.PERMITTED))))
                .toList());
    }

    /** Who says it: the output itself, or {@code [global]} for it. */
    static Options holder(Options own, Options global, String key) {
        return own.has(key) ? own : global;
    }

    private static int whole(Options own, Options global, String key) {
        return (int) Math.min(Integer.MAX_VALUE, holder(own, global, key).integer(key));
    }

    private static GlobalConfig delivery(Options own, Options global, Surroundings surroundings) {
        Path stateDir = global.optionalString(GlobalTable.STATE_DIR)
                .map(surroundings::absolute)
                .orElseGet(surroundings::defaultStateDirectory);
        return new GlobalConfig(
                global.string(GlobalTable.AGENT_NAME),
                whole(own, global, GlobalTable.MAX_SEND_TASK),
                whole(own, global, GlobalTable.RETRY_COUNT),
                millis(holder(own, global, GlobalTable.RETRY_DELAY_MS).integer(GlobalTable.RETRY_DELAY_MS)),
                whole(own, global, GlobalTable.CHANNEL_BOUND),
                seconds(holder(own, global, GlobalTable.INTERVAL_SECS).decimal(GlobalTable.INTERVAL_SECS)),
                whole(own, global, GlobalTable.MAX_BATCH_SIZE),
                whole(own, global, GlobalTable.MAX_BATCH_BYTES),
                stateDir,
                GlobalConfig.Ordering.valueOf(
                        upper(holder(own, global, GlobalTable.ORDERING).string(GlobalTable.ORDERING))),
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
                source.optionalString(SourceTable.CLASSIFICATION).orElse(null),
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
