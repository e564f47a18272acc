package dev.logagent.dist.console;

import dev.logagent.core.alerts.Alert;
import dev.logagent.core.alerts.AlertRule;
import dev.logagent.core.events.AgentStatus;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Health;
import dev.logagent.core.status.LatencyHistogram;
import dev.logagent.core.status.Outcome;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.SourceStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The agent's status for Prometheus. Labels are names from the configuration, never paths: their number is bounded. */
final class Metrics {

    private static final int USUAL_LENGTH = 16_000;
    private static final int LENGTH_OF_SOURCE = 600;

    private final Program program;
    private final Snapshot now;
    private final MetricsText out;

    private Metrics(Snapshot now) {
        this.program = now.program();
        this.now = now;
        this.out =
                new MetricsText(USUAL_LENGTH + LENGTH_OF_SOURCE * now.sources().size());
    }

    static String of(Snapshot now, List<Alert> alerts) {
        Metrics metrics = new Metrics(now);
        metrics.agent();
        metrics.totals();
        metrics.alerts(alerts);
        metrics.sources();
        metrics.outputs();
        metrics.process();
        return metrics.out.toString();
    }

    private void agent() {
        out.gauge("logagent_build_info", "The version of the agent, in a label.");
        out.sample(1, "version", program.version());
        out.counter("logagent_config_reloads_total", "Changed configurations, by what became of them.");
        out.sample(program.reloads().applied(), "outcome", "applied");
        out.sample(program.reloads().refused(), "outcome", "refused");
        out.gauge(
                "logagent_oldest_unacked_event_age_seconds",
                "How long the oldest line that is not delivered has been in its file, or in the spool.");
        out.sample(now.lagMillis() / 1e3);
    }

    private void totals() {
        AgentStatus totals = now.totals();
        out.counter("logagent_lines_not_parsed_total", "Lines that were to be parsed and went on whole.");
        out.sample(totals.linesNotParsed());
        out.counter("logagent_redactions_total", "Things that were taken out of lines, by rule.");
        totals.redactions().forEach((rule, count) -> out.sample(count, "rule", rule));
        one(
                "logagent_deleted_bytes_held",
                "Disk space that is held by files which were deleted before they were read.",
                (double) totals.deletedBytesHeld());
        one(
                "logagent_inputs_failing",
                "Sources other than files, such as the journal, that cannot be read now.",
                totals.inputsFailing());
    }

    /** A sample for each rule, so that an alert that has never been raised is 0 and not missing. */
    private void alerts(List<Alert> alerts) {
        out.gauge("logagent_alerts_active", "Alerts of the agent itself that are raised now.");
        for (AlertRule rule : AlertRule.values()) {
            long count = alerts.stream().filter(alert -> alert.rule() == rule).count();
            out.sample(count, "rule", rule.key(), "severity", rule.severity().key());
        }
    }

    private void sources() {
        counter(
                "logagent_source_events_total",
                "Lines read.",
                source -> source.counters().lines());
        counter(
                "logagent_source_bytes_total",
                "Bytes of lines read.",
                source -> source.counters().bytes());
        counter(
                "logagent_source_delivered_events_total",
                "Lines that the destination has confirmed.",
                source -> source.counters().delivered());
        gauge("logagent_file_lag_bytes", "Bytes in files that are not delivered.", SourceStatus::lagBytes);
        gauge(
                "logagent_file_lag_seconds",
                "How long the oldest line that is not delivered has been in its file.",
                source -> source.lagMillis() / 1e3);
        gauge("logagent_files_open", "Files that are followed.", source -> files(source, false));
        gauge("logagent_files_unreadable", "Files that are meant but cannot be read.", source -> files(source, true));
        counter(
                "logagent_lines_truncated_total",
                "Lines longer than max_line_bytes, sent in pieces.",
                source -> source.counters().splitLines());
        out.counter("logagent_file_rotations_total", "Files that were renamed, or truncated and written anew.");
        for (SourceStatus source : now.sources()) {
            out.sample(source.counters().rotations(), "source", source.name(), "kind", "rename");
            out.sample(source.counters().truncations(), "source", source.name(), "kind", "truncate");
        }
        out.counter("logagent_file_unread_bytes_total", "Bytes that were known to exist and went unread.");
        for (SourceStatus source : now.sources()) {
            source.counters()
                    .lostBytes()
                    .forEach((reason, bytes) -> out.sample(bytes, "source", source.name(), "reason", reason));
        }
        out.counter(
                "logagent_records_lost_total", "Messages, where the source is no file, that went unread; at least.");
        for (SourceStatus source : now.sources()) {
            source.counters()
                    .lostRecords()
                    .forEach((reason, count) -> out.sample(count, "source", source.name(), "reason", reason));
        }
    }

    private static long files(SourceStatus source, boolean unreadable) {
        return source.files().stream()
                .filter(file -> (file.state() == FileStatus.State.UNREADABLE) == unreadable)
                .count();
    }

    private void counter(String name, String help, ToDoubleFunction<SourceStatus> value) {
        out.counter(name, help);
        now.sources().forEach(source -> out.sample(value.applyAsDouble(source), "source", source.name()));
    }

    private void gauge(String name, String help, ToDoubleFunction<SourceStatus> value) {
        out.gauge(name, help);
        now.sources().forEach(source -> out.sample(value.applyAsDouble(source), "source", source.name()));
    }

    private void outputs() {
        ofOutputs(
                true,
                List.of(
                        new Figure(
                                "logagent_delivered_events_total",
                                "Events confirmed.",
                                output -> output.delivered().events()),
                        new Figure(
                                "logagent_delivered_bytes_total",
                                "Bytes of lines confirmed.",
                                output -> output.delivered().bytes()),
                        new Figure("logagent_retries_total", "Failed attempts.", OutputStatus::retries),
                        new Figure(
                                "logagent_dead_letter_events_total",
                                "Events that were refused for good, and kept.",
                                output -> output.deadLetters().events()),
                        new Figure(
                                "logagent_events_spooled_total",
                                "Events written to the spool.",
                                output -> output.spool().eventsSpooled()),
                        new Figure(
                                "logagent_events_dropped_total",
                                "Events given up because there was no room, as on_full = \"drop_oldest\" asks for.",
                                output -> output.spool().eventsDropped()),
                        new Figure(
                                "logagent_events_withheld_total",
                                "Events in the spool that the output may not have any more; they are kept.",
                                output -> output.spool().eventsWithheld())));
        ofOutputs(
                false,
                List.of(
                        new Figure(
                                "logagent_output_delivering",
                                "1 while the destination takes batches, else 0.",
                                output -> output.health().state() == Health.State.DELIVERING ? 1 : 0),
                        new Figure(
                                "logagent_queue_events",
                                "Events read but neither resolved nor in the spool.",
                                output -> output.queue().events()),
                        new Figure(
                                "logagent_queue_batches",
                                "Batches not yet resolved.",
                                output -> output.queue().gauges().batches()),
                        new Figure(
                                "logagent_queue_capacity_batches",
                                "How many batches there may be.",
                                output -> output.queue().gauges().batchCapacity()),
                        new Figure(
                                "logagent_memory_used_bytes",
                                "Bytes of lines on their way.",
                                output -> output.queue().gauges().memoryUsedBytes()),
                        new Figure(
                                "logagent_memory_limit_bytes",
                                "How many there may be.",
                                output -> output.queue().gauges().memoryMaxBytes()),
                        new Figure(
                                "logagent_sends_in_flight",
                                "Batches being sent.",
                                output -> output.queue().inFlight()),
                        new Figure(
                                "logagent_dead_letter_bytes",
                                "Size of the dead letters on disk.",
                                output -> output.deadLetters().bytes()),
                        new Figure(
                                "logagent_circuit_open",
                                "1 while the destination answers nothing and one batch at a time is tried, else 0.",
                                output -> output.queue().gauges().away().isZero() ? 0 : 1),
                        new Figure(
                                "logagent_spool_batches",
                                "Batches in the spool.",
                                output -> output.spool().batches()),
                        new Figure(
                                "logagent_spool_bytes",
                                "Size of the spool on disk.",
                                output -> output.spool().bytes()),
                        new Figure(
                                "logagent_checkpoint_age_seconds",
                                "Since when the saved positions are certainly the true ones.",
                                output ->
                                        output.queue().gauges().checkpointAge().toMillis() / 1e3)));
        batches();
        histogram("logagent_send_duration_seconds", "How long an attempt took.", OutputStatus::latency);
        histogram(
                "logagent_delivery_latency_seconds",
                "How long events took from being read to being confirmed.",
                output -> output.delivered().latency());
    }

    private record Figure(String name, String help, ToDoubleFunction<OutputStatus> value) {}

    private void ofOutputs(boolean counting, List<Figure> figures) {
        for (Figure figure : figures) {
            if (counting) {
                out.counter(figure.name, figure.help);
            } else {
                out.gauge(figure.name, figure.help);
            }
            for (OutputStatus output : now.outputs()) {
                out.sample(figure.value.applyAsDouble(output), "output", output.name());
            }
        }
    }

    private void batches() {
        out.counter("logagent_batches_sent_total", "Attempts to send a batch, by what became of them.");
        for (OutputStatus output : now.outputs()) {
            for (Outcome outcome : Outcome.values()) {
                out.sample(
                        output.attempts().getOrDefault(outcome, 0L),
                        with(labels(output), "outcome", outcome.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private void histogram(String name, String help, Function<OutputStatus, LatencyHistogram.Counts> figure) {
        out.histogram(name, help);
        for (OutputStatus output : now.outputs()) {
            LatencyHistogram.Counts counts = figure.apply(output);
            long sum = 0;
            for (int i = 0; i < counts.classes(); i++) {
                sum += counts.count(i);
                out.part("_bucket", (double) sum, with(labels(output), "le", MetricsText.number(counts.bound(i))));
            }
            out.part("_sum", counts.sumSeconds(), labels(output));
            out.part("_count", (double) sum, labels(output));
        }
    }

    private String[] labels(OutputStatus output) {
        return new String[] {
            "output",
            output.name(),
            "transport",
            program.destination(output.name()).transport()
        };
    }

    private static String[] with(String[] labels, String name, String value) {
        String[] more = Arrays.copyOf(labels, labels.length + 2);
        more[labels.length] = name;
        more[labels.length + 1] = value;
        return more;
    }

    private void process() {
        one("process_resident_memory_bytes", "Resident memory.", (double)
                now.process().residentBytes());
        one(
                "process_start_time_seconds",
                "When the process started.",
                now.process().startedMillis() / 1e3);
        one("process_open_fds", "File descriptors in use.", now.process().openFiles());
        one("process_max_fds", "File descriptors allowed.", (double)
                now.process().maxOpenFiles());
        one("logagent_threads", "Threads.", now.process().threads());
        one("logagent_heap_used_bytes", "Java heap in use.", (double)
                now.process().heapUsedBytes());
        out.counter("process_cpu_seconds_total", "CPU time used.");
        out.sample(now.process().cpuSeconds());
        out.counter("logagent_gc_pauses_total", "Pauses for garbage collection.");
        out.sample(now.process().gcPauses());
        out.counter("logagent_gc_pause_seconds_total", "Time of these.");
        out.sample(now.process().gcSeconds());
    }

    private void one(String name, String help, double value) {
        out.gauge(name, help);
        out.sample(value);
    }
}
