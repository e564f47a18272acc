package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.integer;
import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.map;
import static dev.logagent.api.option.OptionSpec.oneOf;
import static dev.logagent.api.option.OptionSpec.string;

import dev.logagent.api.option.OptionTable;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.multiline.Grouping;
import dev.logagent.core.multiline.Preset;
import dev.logagent.core.parser.Parsers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of {@code [[sources]]}. */
final class SourceTable {

    static final String NAME = "name";
    static final String LOG_PATH = "log_path";
    static final String EXCLUDE = "exclude";
    static final String DELAY_MS = "delay_ms";
    static final String START_AT = "start_at";
    static final String PARSER = "parser";
    static final String PATTERN = "pattern";
    static final String TIMEZONE = "timezone";
    static final String MULTILINE = "multiline";
    static final String MULTILINE_NONE = "none";
    static final String MULTILINE_START = "multiline_start";
    static final String MULTILINE_CONTINUE = "multiline_continue";
    static final String MULTILINE_END = "multiline_end";
    static final String MULTILINE_TIMEOUT_MS = "multiline_timeout_ms";
    static final String SERVICE = "service";
    static final String COMPONENT = "component";
    static final String REGION = "region";
    static final String CLASSIFICATION = "classification";
    static final String TAGS = "tags";

    static final OptionTable TABLE = OptionTable.of(
            string(NAME).require().range(1, 255).doc("Logical name of the source; no two sources share one."),
            list(LOG_PATH)
                    .require()
                    .doc("File to read, or a glob such as `/var/log/app/*.log`, or a list of these. A file need not"
                            + " exist yet."),
            list(EXCLUDE).doc("Globs of paths to leave out."),
            integer(DELAY_MS)
                    .range(1, Double.POSITIVE_INFINITY)
                    .defaultsTo(500L)
                    .doc("Milliseconds between two looks at a file where the system does not tell of changes."),
            oneOf(START_AT, "end", "beginning")
                    .doc("As in `[global]`, for this source. Default: what `[global]` says."),
            oneOf(PARSER, Parsers.names().toArray(String[]::new))
                    .doc(
                            "How lines are understood. `plain` takes them as they are, `auto` finds the format out from the"
                                    + " first lines and keeps watching, `regex` uses `pattern`. Default: `auto` where the format"
                                    + " is `event`, `plain` where it is `batch`, so that the payload stays as it was; `raw` is"
                                    + " never parsed."),
            list(PATTERN)
                    .checkedBy(SourceTable::patterns)
                    .doc("For `parser = \"regex\"`: regular expressions (RE2), tried in order. Named groups such as"
                            + " `(?P<level>...)` say what is found: `time`, `level`, `message`, `service`, `component`;"
                            + " all others go into `metadata`."),
            oneOf(MULTILINE, presets())
                    .doc("Which lines belong to one event: those of stack traces of `java`, `python` or `go`. Default:"
                            + " `none`, unless one of the patterns below is given."),
            string(MULTILINE_START)
                    .checkedBy(value -> pattern(MULTILINE_START, value))
                    .doc("Regular expression (RE2): an event begins with each line it is found in."),
            string(MULTILINE_CONTINUE)
                    .checkedBy(value -> pattern(MULTILINE_CONTINUE, value))
                    .doc("Regular expression (RE2): a line it is found in belongs to the event before it."),
            string(MULTILINE_END)
                    .checkedBy(value -> pattern(MULTILINE_END, value))
                    .doc("Regular expression (RE2): an event ends with each line it is found in."),
            integer(MULTILINE_TIMEOUT_MS)
                    .range(1, 3_600_000)
                    .defaultsTo(1_000L)
                    .doc(
                            "Milliseconds an event waits for its next line. Until then the file's position stays before it."),
            string(TIMEZONE)
                    .checkedBy(SourceTable::zone)
                    .doc("Zone of times that name none, such as `Europe/Berlin`. Default: this host's."),
            string(SERVICE).doc("Service that the lines come from."),
            string(COMPONENT).doc("Component of the service."),
            string(REGION).doc("Region that the events belong to. Default: what `[global]` says."),
            string(CLASSIFICATION)
                    .range(1, 255)
                    .doc("How confidential the events are, in words of your own, for `[sovereignty]`."),
            map(TAGS)
                    .checkedBy(value -> TableChecks.tags(TAGS, value))
                    .doc("Fixed keys and values added to every event, over those of `[global]`."));

    private SourceTable() {}

    private static String[] presets() {
        return Stream.concat(Stream.of(MULTILINE_NONE), Preset.names().stream()).toArray(String[]::new);
    }

    private static @Nullable String pattern(String key, Object value) {
        try {
            Grouping.of(new MultilineConfig(null, value.toString(), null, null, Duration.ZERO));
            return null;
        } catch (IllegalArgumentException e) {
            return fault(key, e.getMessage());
        }
    }

    private static @Nullable String patterns(Object value) {
        return value instanceof List<?> patterns
                ? patterns.stream()
                        .map(pattern -> fault(PATTERN, Parsers.faultOf(pattern.toString())))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static @Nullable String fault(String key, @Nullable String fault) {
        return fault == null ? null : "'" + key + "' cannot be used: " + fault;
    }

    private static @Nullable String zone(Object value) {
        try {
            ZoneId.of(value.toString());
            return null;
        } catch (DateTimeException e) {
            return "'" + TIMEZONE + "' is not a time zone: " + value;
        }
    }
}
