package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.bool;
import static dev.logagent.api.option.OptionSpec.decimal;
import static dev.logagent.api.option.OptionSpec.integer;
import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.string;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.Options;
import dev.logagent.core.config.AlertsConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The keys of {@code [alerts]}. */
final class AlertsTable {

    static final String ENABLED = "enabled";
    static final String MIN_DURATION_SECS = "min_duration_secs";
    static final String CLEAR_SECS = "clear_secs";
    static final String REPEAT_SECS = "repeat_secs";
    static final String QUEUE_PERCENT = "queue_percent";
    static final String ERROR_PERCENT = "error_percent";
    static final String UNDELIVERED_SECS = "undelivered_secs";
    static final String SPOOL_PERCENT = "spool_percent";
    static final String DISK_PERCENT = "disk_percent";
    static final String SILENT_SECS = "silent_secs";
    static final String SILENT_SOURCES = "silent_sources";
    static final String UNREADABLE_FILES = "unreadable_files";
    static final String VANISHED_FILES = "vanished_files";
    static final String DEAD_LETTERS = "dead_letters";
    static final String MEMORY_BYTES = "memory_bytes";
    static final String STUCK_SECS = "stuck_secs";
    static final String WEBHOOK_URL = "webhook_url";
    static final String COMMAND = "command";
    static final String TIMEOUT_SECS = "timeout_secs";

    private static final double MOST_SECONDS = 366 * 86_400.0;
    private static final AlertsConfig DEFAULTS = AlertsConfig.DEFAULTS;

    static final OptionTable TABLE = OptionTable.of(
            bool(ENABLED)
                    .defaultsTo(DEFAULTS.enabled())
                    .doc("Whether alerts are raised, also without this table: in the log, on the dashboard, and as"
                            + " `webhook_url` and `command` say."),
            seconds(MIN_DURATION_SECS, DEFAULTS.minDuration())
                    .doc("How long something must be wrong without a break before an alert is raised."),
            seconds(CLEAR_SECS, DEFAULTS.clear())
                    .doc(
                            "How long it must be well again before the alert is cleared. What is measured must fall to nine"
                                    + " tenths of its limit for that."),
            seconds(REPEAT_SECS, DEFAULTS.repeat()).doc("How often an alert that stays is told again; 0 for never."),
            percent(QUEUE_PERCENT, DEFAULTS.queuePercent())
                    .doc("How much of an output's queue may be in use, memory or batches, in percent. Here and below, 0"
                            + " turns the rule off."),
            percent(ERROR_PERCENT, DEFAULTS.errorPercent())
                    .doc(
                            "How many of an output's attempts within a minute may fail, in percent, while it does deliver."),
            seconds(UNDELIVERED_SECS, DEFAULTS.undelivered())
                    .doc("How old the oldest line of a source may be that is not delivered."),
            percent(SPOOL_PERCENT, DEFAULTS.spoolPercent())
                    .doc("How much of an output's share of `max_disk_bytes` its spool may take, in percent."),
            percent(DISK_PERCENT, DEFAULTS.diskPercent())
                    .doc("How full the disk that holds `state_dir` may be, in percent."),
            seconds(SILENT_SECS, DEFAULTS.silent()).doc("How long a source may be without a new line."),
            list(SILENT_SOURCES)
                    .checkedBy(value -> TableChecks.texts(SILENT_SOURCES, value))
                    .doc("The sources for which `silent_secs` counts; `*` stands for any characters. Default: all."),
            bool(UNREADABLE_FILES)
                    .defaultsTo(DEFAULTS.unreadableFiles())
                    .doc("Whether there is an alert for a source with files that cannot be read."),
            bool(VANISHED_FILES)
                    .defaultsTo(DEFAULTS.vanishedFiles())
                    .doc("Whether there is an alert for a source that had files and has none any more."),
            bool(DEAD_LETTERS)
                    .defaultsTo(DEFAULTS.deadLetters())
                    .doc("Whether there is an alert for as long as there are dead letters: replay or remove them."),
            integer(MEMORY_BYTES)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(DEFAULTS.memoryBytes())
                    .doc("How much resident memory the agent may take, in bytes."),
            seconds(STUCK_SECS, DEFAULTS.stuck())
                    .doc(
                            "How long a worker may be at one thing, such as one attempt to send, before `/health/live` fails;"
                                    + " must be more than the time limits of the transports."),
            string(WEBHOOK_URL)
                    .asSecret()
                    .checkedBy(AlertsTable::webhook)
                    .doc("Where each change is posted to as JSON; its `text` is what Slack, Mattermost and others show."
                            + " Tried again for some minutes."),
            list(COMMAND)
                    .checkedBy(value -> TableChecks.texts(COMMAND, value))
                    .doc(
                            "A program and its arguments, started for each change with the same JSON on its standard input;"
                                    + " no shell is involved."),
            decimal(TIMEOUT_SECS)
                    .range(0.1, 600)
                    .defaultsTo(10.0)
                    .doc("How long the webhook or the command may take each time."));

    private AlertsTable() {}

    private static OptionSpec seconds(String key, Duration byDefault) {
        return decimal(key)
                .range(0, MOST_SECONDS)
                .checkedBy(value -> TableChecks.finite(key, value))
                .defaultsTo(byDefault.toMillis() / 1e3);
    }

    private static OptionSpec percent(String key, double byDefault) {
        return decimal(key)
                .range(0, 100)
                .checkedBy(value -> TableChecks.finite(key, value))
                .defaultsTo(byDefault);
    }

    private static @Nullable String webhook(Object value) {
        try {
            URI uri = new URI(value.toString());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? null : "'" + WEBHOOK_URL + "' must be an http:// or https:// address";
        } catch (URISyntaxException e) {
            return "'" + WEBHOOK_URL + "' is not a valid address: " + e.getReason();
        }
    }

    /** What the table says. */
    static AlertSettings settings(Options table) {
        AlertsConfig config = new AlertsConfig(
                table.bool(ENABLED),
                duration(table, MIN_DURATION_SECS),
                duration(table, CLEAR_SECS),
                duration(table, REPEAT_SECS),
                table.decimal(QUEUE_PERCENT),
                table.decimal(ERROR_PERCENT),
                duration(table, UNDELIVERED_SECS),
                table.decimal(SPOOL_PERCENT),
                table.decimal(DISK_PERCENT),
                duration(table, SILENT_SECS),
                table.has(SILENT_SOURCES) ? table.list(SILENT_SOURCES) : DEFAULTS.silentSources(),
                table.bool(UNREADABLE_FILES),
                table.bool(VANISHED_FILES),
                table.bool(DEAD_LETTERS),
                table.integer(MEMORY_BYTES),
                duration(table, STUCK_SECS));
        return new AlertSettings(
                config,
                table.optionalString(WEBHOOK_URL).map(URI::create).orElse(null),
                table.list(COMMAND),
                duration(table, TIMEOUT_SECS));
    }

    private static Duration duration(Options table, String key) {
        return Duration.ofMillis(Math.round(table.decimal(key) * 1e3));
    }
}
