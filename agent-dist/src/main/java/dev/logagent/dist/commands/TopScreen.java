package dev.logagent.dist.commands;

import dev.logagent.dist.client.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What {@code log-agent top} shows of the agent at one moment, with the rates since an earlier one. Immutable. */
final class TopScreen {

    private final JsonValue stats;
    private final List<JsonValue> sources;
    private final List<JsonValue> outputs;
    private final long nanos;

    /**
     * A moment.
     *
     * @param stats what {@code /api/stats} answers
     * @param sources what {@code /api/sources} answers
     * @param outputs what {@code /api/outputs} answers
     * @param nanos when, by the clock of {@link System#nanoTime}
     */
    TopScreen(JsonValue stats, JsonValue sources, JsonValue outputs, long nanos) {
        this.stats = stats.at("stats");
        this.sources = sources.at("sources").list();
        this.outputs = outputs.at("outputs").list();
        this.nanos = nanos;
    }

    /**
     * The lines of the screen.
     *
     * @param before an earlier moment
     * @param most how many lines there may be
     */
    List<String> since(TopScreen before, int most) {
        double seconds = Math.max(1e-3, (nanos - before.nanos) / 1e9);
        List<String> lines = new ArrayList<>(head(before, seconds));
        lines.add("");
        lines.addAll(outputs(before, seconds));
        lines.add("");
        List<String> rows = sources(before, seconds);
        int room = Math.max(2, most - lines.size());
        if (rows.size() > room) {
            int hidden = rows.size() - room + 1;
            rows = new ArrayList<>(rows.subList(0, room - 1));
            rows.add("… and " + hidden + " more sources, all less behind");
        }
        lines.addAll(rows);
        return lines;
    }

    private List<String> head(TopScreen before, double seconds) {
        List<String> lines = new ArrayList<>();
        JsonValue process = stats.at("health", "process");
        double cpu =
                (process.number("cpu_seconds") - before.stats.number("health", "process", "cpu_seconds")) / seconds;
        lines.add(stats.at("agent").text("name") + "  log-agent "
                + stats.at("agent").text("version") + "  up "
                + Amounts.seconds(stats.number("agent", "uptime_seconds")) + "  "
                + stats.at("health").text("status") + "  cpu "
                + String.format(java.util.Locale.ROOT, "%.1f %%", cpu * 100) + "  memory "
                + Amounts.bytes(process.number("resident_bytes")));
        lines.add("read " + rate(before, seconds, "monitor", "lines_read") + " lines/s, "
                + Amounts.bytes(difference(before, "monitor", "bytes_read") / seconds) + "/s   delivered "
                + rate(before, seconds, "sender", "events_delivered") + " events/s   on their way "
                + Amounts.whole(stats.number("batch", "events_on_their_way")) + "   oldest undelivered "
                + Amounts.seconds(stats.number("monitor", "lag_seconds")));
        stats.at("health", "problems").list().stream()
                .limit(3)
                .forEach(problem -> lines.add("! "
                        + TextTable.printable(problem.text("what") + " "
                                + problem.text("says").lines().findFirst().orElse(""))));
        return lines;
    }

    private String rate(TopScreen before, double seconds, String... path) {
        return Amounts.whole(difference(before, path) / seconds);
    }

    private double difference(TopScreen before, String... path) {
        return Math.max(0, stats.number(path) - before.stats.number(path));
    }

    private List<String> outputs(TopScreen before, double seconds) {
        Map<String, JsonValue> earlier = byName(before.outputs);
        TextTable table = new TextTable(
                "OUTPUT", "STATE", ">EVENTS/S", ">BYTES/S", ">ON THEIR WAY", ">RETRIES", ">SPOOL", ">P99", "REASON");
        for (JsonValue output : outputs) {
            table.add(
                    output.text("name"),
                    output.text("state"),
                    Amounts.whole(rate(output, earlier, seconds, each -> each.number("events_delivered"))),
                    Amounts.bytes(rate(output, earlier, seconds, each -> each.number("bytes_delivered"))),
                    Amounts.whole(output.number("events_on_their_way")),
                    Amounts.whole(output.number("retries")),
                    Amounts.bytes(output.number("spool", "bytes")),
                    Amounts.seconds(output.number("send_seconds", "p99")),
                    output.text("reason"));
        }
        return lines(table);
    }

    /** Those that are most behind first, then the busiest. */
    private List<String> sources(TopScreen before, double seconds) {
        Map<String, JsonValue> earlier = byName(before.sources);
        ToDoubleFunction<JsonValue> busy = source -> rate(source, earlier, seconds, each -> each.number("lines_read"));
        TextTable table = new TextTable("SOURCE", "STATE", ">LINES/S", ">BYTES/S", ">FILES", ">BEHIND", ">FOR");
        sources.stream()
                .sorted(Comparator.comparingDouble((JsonValue source) -> source.number("lag_seconds"))
                        .thenComparingDouble(busy)
                        .reversed())
                .forEach(source -> table.add(
                        source.text("name"),
                        source.is("paused") ? "paused" : source.text("state"),
                        Amounts.whole(busy.applyAsDouble(source)),
                        Amounts.bytes(rate(source, earlier, seconds, each -> each.number("bytes_read"))),
                        Amounts.whole(source.number("files_total")),
                        Amounts.bytes(source.number("lag_bytes")),
                        Amounts.seconds(source.number("lag_seconds"))));
        return lines(table);
    }

    private static double rate(
            JsonValue now, Map<String, JsonValue> earlier, double seconds, ToDoubleFunction<JsonValue> figure) {
        JsonValue then = earlier.getOrDefault(now.text("name"), now);
        return Math.max(0, figure.applyAsDouble(now) - figure.applyAsDouble(then)) / seconds;
    }

    private static Map<String, JsonValue> byName(List<JsonValue> values) {
        Map<String, JsonValue> named = new HashMap<>();
        values.forEach(value -> named.put(value.text("name"), value));
        return named;
    }

    private static List<String> lines(TextTable table) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        table.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
