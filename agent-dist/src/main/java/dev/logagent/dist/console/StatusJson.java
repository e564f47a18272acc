package dev.logagent.dist.console;

import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.LatencyHistogram;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.ProcessStatus;
import dev.logagent.core.status.SourceStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The agent's status as JSON documents. */
final class StatusJson {

    /** So many files of one source are listed, those that are most behind first; the counts are of all. */
    private static final int MOST_FILES = 5_000;

    private StatusJson() {}

    /** What {@code /api/stats} answers. */
    static Json stats(Snapshot now) {
        Json json = new Json().object().key("stats").object();
        json.key("agent");
        agent(json, now);
        json.key("config");
        config(json, now.program());
        json.key("discovery").object();
        json.field("sources", now.sources().size());
        json.field("files", now.files());
        json.field("files_unreadable", now.files(FileStatus.State.UNREADABLE));
        json.field("sources_without_files", without(now.sources()));
        json.field("files_found", now.inventory().size());
        json.field(
                "files_skipped",
                now.inventory().stream()
                        .filter(file -> file.state() == FoundFile.State.SKIPPED)
                        .count());
        json.endObject();
        json.key("monitor");
        monitor(json, now);
        json.key("batch");
        batch(json, now.outputs());
        json.key("sender");
        sender(json, now.outputs());
        json.key("health").object();
        List<Trouble> troubles = now.troubles();
        json.field("status", status(now, troubles));
        troubles(json, troubles);
        json.key("process");
        process(json, now.process());
        return json.endObject().endObject().endObject();
    }

    private static long without(List<SourceStatus> sources) {
        return sources.stream()
                .filter(source -> source.state() == SourceStatus.State.WAITING)
                .count();
    }

    /** In one word: {@code starting}, {@code ok}, {@code warning} or {@code error}. */
    static String status(Snapshot now, List<Trouble> troubles) {
        if (!now.isStarted()) {
            return "starting";
        }
        return troubles.stream()
                .map(Trouble::severity)
                .min(Comparator.naturalOrder())
                .filter(worst -> worst != Trouble.Severity.NOTICE)
                .map(worst -> worst.name().toLowerCase(Locale.ROOT))
                .orElse("ok");
    }

    static void troubles(Json json, List<Trouble> troubles) {
        json.key("problems").list();
        troubles.forEach(trouble -> trouble.write(json));
        json.endList();
    }

    static void agent(Json json, Snapshot now) {
        long started = now.process().startedMillis();
        json.object()
                .field("name", now.program().agentName())
                .field("version", now.program().version())
                .time("started_at", started)
                .field("uptime_seconds", (System.currentTimeMillis() - started) / 1000)
                .endObject();
    }

    private static void config(Json json, Program program) {
        Reloads reloads = program.reloads();
        Reloads.Refusal refusal = reloads.refusal();
        json.object()
                .field("files", program.configFiles())
                .time("loaded_at", reloads.loadedMillis())
                .field("reloads_applied", reloads.applied())
                .field("reloads_refused", reloads.refused());
        json.key("refusal");
        if (refusal == null) {
            json.value((String) null);
        } else {
            json.object()
                    .field("reason", refusal.reason())
                    .time("at", refusal.atMillis())
                    .endObject();
        }
        json.endObject();
    }

    private static void monitor(Json json, Snapshot now) {
        List<SourceStatus> sources = now.sources();
        json.object();
        json.field("files_followed", now.files() - now.files(FileStatus.State.UNREADABLE));
        json.field("lines_read", sum(sources, source -> source.counters().lines()));
        json.field("bytes_read", sum(sources, source -> source.counters().bytes()));
        json.field("lag_bytes", sum(sources, SourceStatus::lagBytes));
        json.field("lag_seconds", now.lagMillis() / 1e3);
        json.field("rotations", sum(sources, source -> source.counters().rotations()));
        json.field("truncations", sum(sources, source -> source.counters().truncations()));
        json.field("lines_split", sum(sources, source -> source.counters().splitLines()));
        json.field("bytes_lost", sum(sources, source -> sum(source.counters().lostBytes())));
        json.field("records_lost", sum(sources, source -> sum(source.counters().lostRecords())));
        json.endObject();
    }

    private static long sum(List<SourceStatus> sources, java.util.function.ToLongFunction<SourceStatus> figure) {
        return sources.stream().mapToLong(figure).sum();
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void batch(Json json, List<OutputStatus> outputs) {
        json.object();
        json.field(
                "events_on_their_way", total(outputs, output -> output.queue().events()));
        json.field(
                "batches_on_their_way",
                total(outputs, output -> output.queue().gauges().batches()));
        json.field(
                "memory_used_bytes",
                total(outputs, output -> output.queue().gauges().memoryUsedBytes()));
        json.field(
                "memory_max_bytes",
                total(outputs, output -> output.queue().gauges().memoryMaxBytes()));
        json.endObject();
    }

    private static long total(List<OutputStatus> outputs, java.util.function.ToLongFunction<OutputStatus> figure) {
        return outputs.stream().mapToLong(figure).sum();
    }

    private static void sender(Json json, List<OutputStatus> outputs) {
        json.object();
        json.field(
                "events_delivered", total(outputs, output -> output.delivered().events()));
        json.field(
                "bytes_delivered", total(outputs, output -> output.delivered().bytes()));
        json.field(
                "batches_delivered", total(outputs, output -> output.delivered().batches()));
        json.field("in_flight", total(outputs, output -> output.queue().inFlight()));
        json.field("retries", total(outputs, OutputStatus::retries));
        json.field("spool_batches", total(outputs, output -> output.spool().batches()));
        json.field("spool_bytes", total(outputs, output -> output.spool().bytes()));
        json.field("events_dropped", total(outputs, output -> output.spool().eventsDropped()));
        json.field("dead_letters", total(outputs, output -> output.deadLetters().events()));
        json.endObject();
    }

    static void process(Json json, ProcessStatus process) {
        json.object()
                .field("cpu_seconds", process.cpuSeconds())
                .field("resident_bytes", process.residentBytes())
                .field("heap_used_bytes", process.heapUsedBytes())
                .field("threads", process.threads())
                .field("open_files", process.openFiles())
                .field("max_open_files", process.maxOpenFiles())
                .field("gc_pauses", process.gcPauses())
                .field("gc_seconds", process.gcSeconds())
                .endObject();
    }

    /** What {@code /api/outputs} answers. */
    static Json outputs(Snapshot now) {
        Json json = new Json().object().key("outputs");
        outputs(json, now.program(), now.outputs());
        return json.endObject();
    }

    static void outputs(Json json, Program program, List<OutputStatus> outputs) {
        json.list();
        for (OutputStatus output : outputs) {
            Program.Destination destination = program.destination(output.name());
            json.object()
                    .field("name", output.name())
                    .field("transport", destination.transport())
                    .field("destination", destination.shown())
                    .field("state", output.health().state().name().toLowerCase(Locale.ROOT))
                    .field("reason", output.health().reason())
                    .time("since", output.health().sinceMillis());
            json.field("events_delivered", output.delivered().events());
            json.field("bytes_delivered", output.delivered().bytes());
            json.field("batches_delivered", output.delivered().batches());
            json.field("events_on_their_way", output.queue().events());
            json.field("in_flight", output.queue().inFlight());
            json.field("batches_on_their_way", output.queue().gauges().batches());
            json.field("batches_waiting_for_retry", output.queue().gauges().batchesWaiting());
            json.field("retries", output.retries());
            spool(json, output);
            json.field("memory_used_bytes", output.queue().gauges().memoryUsedBytes());
            json.field("memory_max_bytes", output.queue().gauges().memoryMaxBytes());
            json.field(
                    "checkpoint_age_seconds",
                    output.queue().gauges().checkpointAge().toMillis() / 1e3);
            json.key("dead_letters")
                    .object()
                    .field("events", output.deadLetters().events())
                    .field("bytes", output.deadLetters().bytes())
                    .field("last_reason", output.deadLetters().lastReason());
            json.key("reasons").object();
            output.deadLetters().reasons().forEach(json::field);
            json.endObject().endObject();
            latency(json, "send_seconds", output.latency());
            latency(json, "delivery_seconds", output.delivered().latency());
            json.endObject();
        }
        json.endList();
    }

    private static void spool(Json json, OutputStatus output) {
        Duration away = output.queue().gauges().away();
        json.field("circuit_breaker", away.isZero() ? "closed" : "open");
        json.field("away_seconds", away.toMillis() / 1e3);
        json.key("spool")
                .object()
                .field("batches", output.spool().batches())
                .field("bytes", output.spool().bytes())
                .field("events_spooled", output.spool().eventsSpooled())
                .field("events_dropped", output.spool().eventsDropped())
                .field("events_withheld", output.spool().eventsWithheld())
                .field("batches_damaged", output.spool().batchesDamaged())
                .endObject();
    }

    private static void latency(Json json, String name, LatencyHistogram.Counts latency) {
        json.key(name)
                .object()
                .field("count", latency.total())
                .field("median", latency.quantile(0.5))
                .field("p99", latency.quantile(0.99))
                .endObject();
    }

    /** What {@code /api/sources} answers. */
    static Json sources(Snapshot now) {
        Json json =
                new Json().object().time("at", now.atMillis()).key("sources").list();
        now.sources().forEach(source -> source(json, source, now));
        json.endList();
        InventoryJson.write(json, now.inventory());
        return json.endObject();
    }

    private static void source(Json json, SourceStatus source, Snapshot now) {
        SourceStatus.Counters counters = source.counters();
        json.object()
                .field("name", source.name())
                .field("state", source.state().name().toLowerCase(Locale.ROOT));
        json.field("paused", now.paused().contains(source.name()));
        json.key("patterns").list();
        source.patterns().forEach(json::value);
        json.endList();
        json.field("lines_read", counters.lines());
        json.field("bytes_read", counters.bytes());
        json.field("lines_delivered", counters.delivered());
        json.field("lag_bytes", source.lagBytes());
        json.field("lag_seconds", source.lagMillis() / 1e3);
        json.field("rotations", counters.rotations());
        json.field("truncations", counters.truncations());
        json.key("bytes_lost").object();
        counters.lostBytes().forEach(json::field);
        json.endObject();
        json.key("records_lost").object();
        counters.lostRecords().forEach(json::field);
        json.endObject();
        types(json, source);
        json.field("files_total", source.files().size());
        json.key("files").list();
        source.files().stream()
                .sorted(Comparator.comparing(FileStatus::state)
                        .thenComparingLong(FileStatus::lagMillis)
                        .reversed())
                .limit(MOST_FILES)
                .forEach(file -> file(json, file, Explanation.of(file, source, now)));
        json.endList().endObject();
    }

    private static void types(Json json, SourceStatus source) {
        json.key("types").object();
        source.types()
                .forEach((format, type) -> json.key(format)
                        .object()
                        .field("lines", type.lines())
                        .field("not_parsed", type.unparsed())
                        .field("warnings", type.warnings())
                        .field("errors", type.errors())
                        .endObject());
        json.endObject();
    }

    private static void file(Json json, FileStatus file, Explanation why) {
        json.object()
                .field("path", file.path())
                .field("state", why.state().name().toLowerCase(Locale.ROOT));
        if (!why.says().isEmpty()) {
            json.field("reason", why.says());
        }
        if (why.sinceMillis() > 0) {
            json.time("since", why.sinceMillis());
        }
        json.field("size", file.sizeBytes())
                .field("read", file.readBytes())
                .field("delivered", file.deliveredBytes())
                .field("lag_bytes", file.lagBytes())
                .field("lag_seconds", why.lagMillis() / 1e3)
                .endObject();
    }
}
