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
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of {@code [[sources]]}. */
final class SourceTable {

    static final String NAME = "name";
    static final String TYPE = "type";
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
    static final String ENCODING = "encoding";
    static final String SKIP_LINES = "skip_lines";
    static final String IGNORE_OLDER_SECS = "ignore_older_secs";
    static final String UNITS = "units";
    static final String MATCHES = "matches";
    static final String DIRECTORY = "directory";
    static final String JOURNALCTL = "journalctl";
    static final String DEVICE = "device";
    static final String PROTOCOL = "protocol";
    static final String LISTEN = "listen";
    static final String TLS_CERT = "tls_cert";
    static final String TLS_KEY = "tls_key";
    static final String TLS_CA = "tls_ca";
    static final String MAX_MESSAGE_BYTES = "max_message_bytes";
    static final String MAX_CONNECTIONS = "max_connections";
    static final String RECEIVE_BUFFER_BYTES = "receive_buffer_bytes";

    static final String FILE = "file";
    static final String JOURNALD = "journald";
    static final String KMSG = "kmsg";
    static final String SYSLOG = "syslog";
    static final String STDIN = "stdin";

    /** A match, or what stands for "or" between two; nothing that {@code journalctl} would take for an option. */
    private static final Pattern MATCH = Pattern.compile("[A-Z0-9_]+=.*|\\+", Pattern.DOTALL);

    static final String LOG_PATH_DOC =
            "File to read, or a glob such as `/var/log/app/*.log`, or a list of these. A file need not exist yet.";
    static final String PRIORITY = "priority";

    static final OptionTable TABLE = OptionTable.of(
            string(NAME).require().range(1, 255).doc("Logical name of the source; no two sources share one."),
            oneOf(TYPE, FILE, JOURNALD, KMSG, SYSLOG, STDIN)
                    .defaultsTo(FILE)
                    .doc("What is read: files, the systemd journal, kernel messages, what others send by the syslog"
                            + " protocol, or standard input. See [sources.md](sources.md)."),
            list(LOG_PATH).doc(LOG_PATH_DOC + " Required for files."),
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
                    .doc("Fixed keys and values added to every event, over those of `[global]`."),
            string(ENCODING)
                    .checkedBy(value -> Encodings.fault(ENCODING, value.toString()))
                    .doc(
                            "For files: the encoding of their text, such as `utf-16le`, `latin-1` or `windows-1252`. `utf-16`"
                                    + " takes the order of bytes from the mark at the file's beginning. Default: `utf-8`."),
            integer(SKIP_LINES)
                    .range(0, 1_000_000)
                    .doc("For files: how many lines each begins with that are not sent, such as the header of a table."
                            + " Default: 0."),
            integer(IGNORE_OLDER_SECS)
                    .range(0, Double.POSITIVE_INFINITY)
                    .doc(
                            "For files: those that were last written longer ago than so many seconds when they are found, and"
                                    + " were never read before, are begun at their end: only what is added to them from then on is"
                                    + " sent. Default: 0, no limit."),
            list(UNITS).doc("For `journald`: only entries of these units, such as `nginx.service`. Default: all."),
            list(MATCHES)
                    .checkedBy(SourceTable::matches)
                    .doc("For `journald`: only entries with these fields, such as `_TRANSPORT=kernel`, as `journalctl`"
                            + " understands several of them. Default: all."),
            string(DIRECTORY)
                    .range(1, 4_096)
                    .doc(
                            "For `journald`: the folder of the journal's files, such as that of another host. Default: this"
                                    + " host's journal."),
            string(JOURNALCTL)
                    .range(1, 4_096)
                    .doc("For `journald`: the program that reads journals. Default: `journalctl`."),
            string(DEVICE).range(1, 4_096).doc("For `kmsg`: the device. Default: `/dev/kmsg`."),
            oneOf(PROTOCOL, "udp", "tcp", "tls").doc("For `syslog`: how messages come. Default: `udp`."),
            string(LISTEN)
                    .checkedBy(value -> DashboardTable.listen(value))
                    .doc(
                            "For `syslog`, where it is required: address and port to listen on, such as `127.0.0.1:5514` or"
                                    + " `0.0.0.0:514`."),
            string(TLS_CERT)
                    .range(1, 4_096)
                    .doc(
                            "For `protocol = \"tls\"`, where it is required: a PEM file with the server's certificate and its"
                                    + " chain."),
            string(TLS_KEY)
                    .range(1, 4_096)
                    .doc("For `protocol = \"tls\"`, where it is required: a PEM file with the private key (PKCS#8, not"
                            + " encrypted)."),
            string(TLS_CA)
                    .range(1, 4_096)
                    .doc(
                            "For `protocol = \"tls\"`: a PEM file with authorities; then only clients that show a certificate"
                                    + " of theirs may send."),
            integer(MAX_MESSAGE_BYTES)
                    .range(480, 16 << 20)
                    .doc("For `syslog`: longer messages go on in pieces, marked as such. Default: 65536."),
            integer(MAX_CONNECTIONS)
                    .range(1, 100_000)
                    .doc("For `syslog` over TCP and TLS: further connections are refused. Default: 256."),
            integer(RECEIVE_BUFFER_BYTES)
                    .range(4_096, 1 << 30)
                    .doc("For `syslog` over UDP: what the system keeps of messages that were not read yet, as far as it"
                            + " allows. Default: 4194304."),
            oneOf(PRIORITY, "normal", "high")
                    .defaultsTo("normal")
                    .doc("Lines of a source of `high` priority are sent at once, ahead of others, which wait for their"
                            + " batch to be full or `interval_secs`."),
            integer(LimitsTable.MAX_LINES_PER_SEC)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(0L)
                    .doc(
                            "Lines of this source that may be read in a second. What is more stays in the files until later."
                                    + " 0 for no limit."),
            integer(LimitsTable.MAX_BYTES_PER_SEC)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(0L)
                    .doc("Bytes of lines of this source that may be read in a second. 0 for no limit."));

    /** The keys that only one type knows. */
    static final Map<String, String> TYPE_OF = Map.ofEntries(
            Map.entry(LOG_PATH, FILE),
            Map.entry(EXCLUDE, FILE),
            Map.entry(ENCODING, FILE),
            Map.entry(SKIP_LINES, FILE),
            Map.entry(IGNORE_OLDER_SECS, FILE),
            Map.entry(UNITS, JOURNALD),
            Map.entry(MATCHES, JOURNALD),
            Map.entry(DIRECTORY, JOURNALD),
            Map.entry(JOURNALCTL, JOURNALD),
            Map.entry(DEVICE, KMSG),
            Map.entry(PROTOCOL, SYSLOG),
            Map.entry(LISTEN, SYSLOG),
            Map.entry(TLS_CERT, SYSLOG),
            Map.entry(TLS_KEY, SYSLOG),
            Map.entry(TLS_CA, SYSLOG),
            Map.entry(MAX_MESSAGE_BYTES, SYSLOG),
            Map.entry(MAX_CONNECTIONS, SYSLOG),
            Map.entry(RECEIVE_BUFFER_BYTES, SYSLOG));

    private SourceTable() {}

    private static @Nullable String matches(Object value) {
        return value instanceof List<?> matches
                ? matches.stream()
                        .map(Object::toString)
                        .filter(match -> !MATCH.matcher(match).matches())
                        .findFirst()
                        .map(match -> "'" + MATCHES + "' must be of the form FIELD=value, found '" + match + "'")
                        .orElse(null)
                : null;
    }

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
