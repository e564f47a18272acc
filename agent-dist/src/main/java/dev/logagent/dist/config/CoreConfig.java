package dev.logagent.dist.config;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.option.Options;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.LimitsConfig;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.RateConfig;
import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.config.RouteConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SovereigntyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns valid options into what the pipeline takes. */
final class CoreConfig {

    /** Times beyond this mean "never", and must not overflow where they are counted in nanoseconds. */
    private static final long LONGEST_MILLIS = Duration.ofDays(366).toMillis();

    private CoreConfig() {}

    static AgentConfig of(ValidTables tables, List<TransportConfig> transports, Surroundings surroundings) {
        Options global = tables.global();
        GlobalConfig delivery = delivery(global, global, transports.get(0), surroundings);
        List<OutputConfig> outputs = new ArrayList<>();
        outputs.add(new OutputConfig(
                OutputConfig.DEFAULT_NAME,
                delivery,
                Set.copyOf(global.list(GlobalTable.REGIONS)),
                parsing(transports.get(0))));
        for (Options output : tables.outputs()) {
            TransportConfig transport = transports.get(outputs.size());
            outputs.add(new OutputConfig(
                    output.string(OutputTable.NAME),
                    delivery(output, global, transport, surroundings),
                    Set.copyOf(output.list(GlobalTable.REGIONS)),
                    parsing(transport)));
        }
        return new AgentConfig(
                delivery,
                sources(tables, surroundings),
                buffer(tables.buffer()),
                outputs,
                tables.routes().stream().map(CoreConfig::route).toList(),
                sovereignty(tables.sovereignty()),
                limits(tables.limits()),
                tables.redactions().stream().map(CoreConfig::redaction).toList());
    }

    private static List<SourceConfig> sources(ValidTables tables, Surroundings surroundings) {
        Options global = tables.global();
        List<SourceConfig> sources = new ArrayList<>();
        tables.sources().forEach(source -> sources.add(source(source, global, surroundings)));
        if (tables.discovers()) {
            sources.add(discovered(tables.discovery(), global, surroundings));
        }
        return sources;
    }

    private static SourceConfig discovered(Options discovery, Options global, Surroundings surroundings) {
        return SourceConfig.discovered(
                new SourceInfo(
                        DiscoveryConfig.NAME,
                        null,
                        null,
                        host(global, surroundings),
                        global.optionalString(GlobalTable.REGION).orElse(null),
                        null,
                        global.map(GlobalTable.TAGS)),
                startAt(discovery, global),
                new DiscoveryConfig(
                        absolute(discovery.list(DiscoveryTable.SCAN_PATHS), surroundings),
                        absolute(discovery.list(DiscoveryTable.CONTAINER_PATHS), surroundings),
                        globs(discovery.list(DiscoveryTable.INCLUDE), surroundings),
                        globs(discovery.list(DiscoveryTable.EXCLUDE), surroundings),
                        seconds(discovery.decimal(DiscoveryTable.SCAN_INTERVAL_SECS)),
                        (int) discovery.integer(DiscoveryTable.MAX_DEPTH),
                        (int) discovery.integer(DiscoveryTable.MAX_FILES)));
    }

    private static List<String> globs(List<String> globs, Surroundings surroundings) {
        return globs.stream()
                .map(glob -> glob.indexOf('/') < 0
                        ? glob
                        : surroundings.absolute(glob).toString())
                .toList();
    }

    private static @Nullable String host(Options global, Surroundings surroundings) {
        String host = global.optionalString(GlobalTable.HOST).orElse(surroundings.hostName());
        return host.isEmpty() ? null : host;
    }

    private static SourceConfig.StartAt startAt(Options own, Options global) {
        return SourceConfig.StartAt.valueOf(
                upper(own.optionalString(SourceTable.START_AT).orElseGet(() -> global.string(GlobalTable.START_AT))));
    }

    private static BufferConfig buffer(Options buffer) {
        return new BufferConfig(
                buffer.integer(BufferTable.MAX_MEMORY_BYTES),
                buffer.integer(BufferTable.MAX_DISK_BYTES),
                BufferConfig.OnFull.valueOf(upper(buffer.string(BufferTable.ON_FULL))));
    }

    private static LimitsConfig limits(Options limits) {
        return new LimitsConfig(
                limits.has(LimitsTable.MAX_OPEN_FILES)
                        ? OptionalInt.of((int) limits.integer(LimitsTable.MAX_OPEN_FILES))
                        : OptionalInt.empty(),
                limits.integer(LimitsTable.MAX_HELD_DELETED_BYTES),
                limits.bool(LimitsTable.DROP_HELD_DELETED),
                limits.integer(LimitsTable.MAX_DEAD_LETTER_BYTES),
                rate(limits),
                limits.integer(LimitsTable.CPU_PERCENT));
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

    private static RedactionConfig redaction(Options redaction) {
        String preset = redaction.optionalString(RedactTable.PRESET).orElse(null);
        return new RedactionConfig(
                redaction.optionalString(RedactTable.NAME).orElse(String.valueOf(preset)),
                preset == null ? null : RedactionConfig.Preset.valueOf(upper(preset)),
                redaction.optionalString(RedactTable.PATTERN).orElse(null),
                redaction.string(RedactTable.REPLACE),
                Set.copyOf(redaction.list(RedactTable.SOURCES)),
                Set.copyOf(redaction.list(RedactTable.REGIONS)),
                Set.copyOf(redaction.list(RedactTable.CLASSIFICATIONS)),
                Set.copyOf(redaction.list(RedactTable.OUTPUTS)),
                redaction.bool(RedactTable.LEAVING_REGION));
    }

    /** Who says it: the output itself, or {@code [global]} for it. */
    static Options holder(Options own, Options global, String key) {
        return own.has(key) ? own : global;
    }

    private static int whole(Options own, Options global, String key) {
        return (int) Math.min(Integer.MAX_VALUE, holder(own, global, key).integer(key));
    }

    private static GlobalConfig delivery(
            Options own, Options global, TransportConfig transport, Surroundings surroundings) {
        int batchSize = whole(own, global, GlobalTable.MAX_BATCH_SIZE);
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
                batchSize,
                Math.max(batchSize, transport.grownBatchSize()),
                whole(own, global, GlobalTable.MAX_BATCH_BYTES),
                stateDir,
                GlobalConfig.Ordering.valueOf(
                        upper(holder(own, global, GlobalTable.ORDERING).string(GlobalTable.ORDERING))),
                (int) global.integer(GlobalTable.MAX_LINE_BYTES),
                seconds(global.decimal(GlobalTable.SHUTDOWN_TIMEOUT_SECS)),
                global.list(GlobalTable.PRIORITY_LEVELS).stream()
                        .map(level -> Level.valueOf(upper(level)))
                        .collect(Collectors.toSet()));
    }

    private static SourceConfig source(Options source, Options global, Surroundings surroundings) {
        Map<String, String> tags = new LinkedHashMap<>(global.map(GlobalTable.TAGS));
        tags.putAll(source.map(SourceTable.TAGS));
        SourceInfo info = new SourceInfo(
                source.string(SourceTable.NAME),
                source.optionalString(SourceTable.SERVICE).orElse(null),
                source.optionalString(SourceTable.COMPONENT).orElse(null),
                host(global, surroundings),
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
                startAt(source, global),
                parser(source),
                multiline(source),
                input(source, surroundings),
                SourceConfig.Priority.valueOf(upper(source.string(SourceTable.PRIORITY))),
                rate(source),
                null);
    }

    /** The same keys are in {@code [[sources]]} and in {@code [limits]}. */
    private static RateConfig rate(Options options) {
        return new RateConfig(
                options.integer(LimitsTable.MAX_LINES_PER_SEC), options.integer(LimitsTable.MAX_BYTES_PER_SEC));
    }

    private static InputConfig input(Options source, Surroundings surroundings) {
        return switch (source.string(SourceTable.TYPE)) {
            case SourceTable.JOURNALD ->
                new InputConfig.Journald(
                        source.list(SourceTable.UNITS),
                        source.list(SourceTable.MATCHES),
                        source.optionalString(SourceTable.DIRECTORY)
                                .map(surroundings::absolute)
                                .orElse(null),
                        source.optionalString(SourceTable.JOURNALCTL).orElse("journalctl"));
            case SourceTable.KMSG ->
                new InputConfig.Kmsg(surroundings.absolute(
                        source.optionalString(SourceTable.DEVICE).orElse("/dev/kmsg")));
            case SourceTable.STDIN -> new InputConfig.Stdin();
            case SourceTable.SYSLOG ->
                Objects.requireNonNull(SyslogSource.of(source, surroundings, (key, message) -> {}), "checked before");
            default ->
                new InputConfig.Files(
                        source.optionalString(SourceTable.ENCODING)
                                .flatMap(Encodings::named)
                                .orElse(null),
                        source.optionalInteger(SourceTable.SKIP_LINES)
                                .orElse(0L)
                                .intValue(),
                        seconds(source.optionalInteger(SourceTable.IGNORE_OLDER_SECS)
                                .orElse(0L)));
        };
    }

    private static ParserConfig parser(Options source) {
        return new ParserConfig(
                source.optionalString(SourceTable.PARSER).orElse(null),
                source.list(SourceTable.PATTERN),
                source.optionalString(SourceTable.TIMEZONE).map(ZoneId::of).orElseGet(ZoneId::systemDefault));
    }

    private static MultilineConfig multiline(Options source) {
        return new MultilineConfig(
                source.optionalString(SourceTable.MULTILINE)
                        .filter(preset -> !preset.equals(SourceTable.MULTILINE_NONE))
                        .orElse(null),
                source.optionalString(SourceTable.MULTILINE_START).orElse(null),
                source.optionalString(SourceTable.MULTILINE_CONTINUE).orElse(null),
                source.optionalString(SourceTable.MULTILINE_END).orElse(null),
                millis(source.integer(SourceTable.MULTILINE_TIMEOUT_MS)));
    }

    /** What an output's format has a place for. */
    private static OutputConfig.Parsing parsing(TransportConfig transport) {
        return switch (transport.effectiveFormat()) {
            case RAW -> OutputConfig.Parsing.NEVER;
            case BATCH -> OutputConfig.Parsing.WHEN_CONFIGURED;
            case EVENT -> OutputConfig.Parsing.ALWAYS;
        };
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
