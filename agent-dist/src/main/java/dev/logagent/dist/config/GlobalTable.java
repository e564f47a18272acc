package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.bool;
import static dev.logagent.api.option.OptionSpec.decimal;
import static dev.logagent.api.option.OptionSpec.integer;
import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.map;
import static dev.logagent.api.option.OptionSpec.oneOf;
import static dev.logagent.api.option.OptionSpec.string;

import dev.logagent.api.option.OptionTable;
import java.util.List;

/** The keys of {@code [global]}. */
final class GlobalTable {

    static final String AGENT_NAME = "agent_name";
    static final String END_POINT = "end_point";
    static final String SEND_TYPE = "send_type";
    static final String MAX_SEND_TASK = "max_send_task";
    static final String RETRY_COUNT = "retry_count";
    static final String RETRY_DELAY_MS = "retry_delay_ms";
    static final String CHANNEL_BOUND = "channel_bound";
    static final String INTERVAL_SECS = "interval_secs";
    static final String MAX_BATCH_SIZE = "max_batch_size";
    static final String MAX_BATCH_BYTES = "max_batch_bytes";
    static final String COMPRESSION = "compression";
    static final String FORMAT = "format";
    static final String LEVEL_CASE = "level_case";
    static final String INCLUDE_RAW = "include_raw";
    static final String STATE_DIR = "state_dir";
    static final String PLUGIN_DIR = "plugin_dir";
    static final String START_AT = "start_at";
    static final String ORDERING = "ordering";
    static final String PRIORITY_LEVELS = "priority_levels";
    static final String MAX_LINE_BYTES = "max_line_bytes";
    static final String SHUTDOWN_TIMEOUT_SECS = "shutdown_timeout_secs";
    static final String HOST = "host";
    static final String REGION = "region";
    static final String REGIONS = "regions";
    static final String TAGS = "tags";
    static final String RELOAD_ON_CHANGE = "reload_on_change";

    static final OptionTable TABLE = OptionTable.of(
            string(AGENT_NAME).require().range(1, 255).doc("Names this agent in everything it sends."),
            list(END_POINT)
                    .require()
                    .checkedBy(value -> TableChecks.texts(END_POINT, value))
                    .doc(
                            "Where to send to, as the transport understands it, e.g. `http://localhost:8080/log`. Of several"
                                    + " the first is used; when it fails, the next, and after a minute the first is tried"
                                    + " again."),
            string(SEND_TYPE)
                    .require()
                    .range(1, 255)
                    .doc("How to send: the name of a transport, in any case, e.g. `HTTP`."),
            integer(MAX_SEND_TASK)
                    .range(1, 255)
                    .defaultsTo(5L)
                    .doc("How many batches may be in flight at once, repeated ones included."),
            integer(RETRY_COUNT)
                    .range(0, 255)
                    .defaultsTo(3L)
                    .doc("After how many failed attempts a batch is reported as parked. It is kept and retried all the"
                            + " same."),
            integer(RETRY_DELAY_MS)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(100L)
                    .doc("Milliseconds before the second attempt. Doubles with each further one, up to 30 s."),
            integer(CHANNEL_BOUND)
                    .range(1, Double.POSITIVE_INFINITY)
                    .defaultsTo(1024L)
                    .doc("How many runs of lines may wait to be batched."),
            decimal(INTERVAL_SECS)
                    .range(0.001, Double.POSITIVE_INFINITY)
                    .checkedBy(value -> TableChecks.finite(INTERVAL_SECS, value))
                    .defaultsTo(5.0)
                    .doc("Seconds an open batch waits for more lines before it is sent. Fractions are fine."),
            integer(MAX_BATCH_SIZE)
                    .range(1, 65_535)
                    .defaultsTo(100L)
                    .doc(
                            "How many lines close a batch. Where the destination gets each line by itself, as with RabbitMQ"
                                    + " and Kafka, one that would only have to wait for earlier ones grows up to 1000."),
            integer(MAX_BATCH_BYTES)
                    .range(1024, 256L << 20)
                    .defaultsTo(1L << 20)
                    .doc("How many bytes of lines close a batch."),
            oneOf(COMPRESSION, "none", "gzip").defaultsTo("none").doc("How payloads are compressed."),
            oneOf(FORMAT, "batch", "event", "raw")
                    .doc("What a payload looks like: `batch` is one JSON object grouped by source, `event` one JSON"
                            + " object a line, `raw` is `batch` with nothing added. Default: what the transport"
                            + " prefers."),
            oneOf(LEVEL_CASE, "upper", "lower")
                    .defaultsTo("upper")
                    .doc("How the level of an event is written: `ERROR`, or `error` for consumers that expect it so."),
            bool(INCLUDE_RAW)
                    .defaultsTo(true)
                    .doc(
                            "Whether an event in the format `event` holds the line as it was read, as `raw`, beside what was"
                                    + " found in it. Without, a line that was parsed cannot be had back."),
            string(STATE_DIR)
                    .range(1, Double.POSITIVE_INFINITY)
                    .checkedBy(value -> TableChecks.path(STATE_DIR, value))
                    .doc("Folder for positions and dead letters. Default: `/var/lib/log-agent` if the agent may write"
                            + " there, else `$XDG_STATE_HOME/log-agent`, else `~/.local/state/log-agent`."),
            string(PLUGIN_DIR)
                    .range(1, Double.POSITIVE_INFINITY)
                    .checkedBy(value -> TableChecks.path(PLUGIN_DIR, value))
                    .doc("Folder with more transports, one folder each."),
            oneOf(START_AT, "end", "beginning")
                    .defaultsTo("end")
                    .doc("Where to begin with files that are there when a source is started for the first time ever."),
            oneOf(ORDERING, "none", "source")
                    .defaultsTo("source")
                    .doc("`source`: batches with lines of one source never overtake each other. `none`: they may, and"
                            + " a batch that has to be retried holds up nothing."),
            integer(MAX_LINE_BYTES)
                    .range(1024, 16L << 20)
                    .defaultsTo(1L << 20)
                    .doc("Longer lines are split into pieces of this many bytes."),
            decimal(SHUTDOWN_TIMEOUT_SECS)
                    .range(0, Double.POSITIVE_INFINITY)
                    .checkedBy(value -> TableChecks.finite(SHUTDOWN_TIMEOUT_SECS, value))
                    .defaultsTo(10.0)
                    .doc("Seconds a stop waits for what is in flight. Fractions are fine."),
            bool(RELOAD_ON_CHANGE)
                    .defaultsTo(false)
                    .doc(
                            "Whether a change of the configuration, of a file that it puts in, or of a certificate is taken over"
                                    + " by itself, as `log-agent reload` and SIGHUP do."),
            string(HOST).doc("Name of the host in every event; empty to leave it out. Default: this host's name."),
            string(REGION).doc("Region that events belong to, unless the source says otherwise."),
            list(REGIONS)
                    .checkedBy(value -> TableChecks.texts(REGIONS, value))
                    .doc("Regions that the destination lies in or serves, for `[sovereignty]`."),
            map(TAGS)
                    .checkedBy(value -> TableChecks.tags(TAGS, value))
                    .doc("Fixed keys and values added to every event."),
            list(PRIORITY_LEVELS)
                    .checkedBy(value -> TableChecks.levels(PRIORITY_LEVELS, value))
                    .defaultsTo(List.of("CRITICAL"))
                    .doc(
                            "Levels of lines that are sent at once, with all lines before them, where lines are parsed; `[]`"
                                    + " for none. A whole source is sent at once by its `priority`."));

    private GlobalTable() {}
}
