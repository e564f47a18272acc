package dev.logagent.dist.commands;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.logagent.core.sender.Outlet;
import dev.logagent.core.spool.SpoolSummary;
import dev.logagent.dist.Invocation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent spool}. */
@Command(
        name = "spool",
        description =
                "Shows what waits on disk because a destination is away. Changes nothing, and may be used while the"
                        + " agent runs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  log-agent spool                   a line for each output",
            "  log-agent spool --json            the same for programs: one JSON array"
        })
final class SpoolCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    SpoolCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /**
     * What waits for one output.
     *
     * @param configured whether the configuration still names it
     */
    private record Row(String output, boolean configured, SpoolSummary spool, SpoolSummary withheld) {}

    @Override
    public Integer call() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Setup setup = Setup.load(config.file, invocation)) {
            OutputState.all(setup.agent()).forEach(state -> rows.add(row(state)));
        }
        rows.removeIf(row -> !row.configured && row.spool.batches() == 0 && row.withheld.batches() == 0);
        if (json) {
            writeJson(rows);
        } else {
            print(rows);
        }
        return 0;
    }

    private static Row row(OutputState state) {
        return new Row(
                state.output(),
                state.configured(),
                look(state.folder().resolve(Outlet.SPOOL)),
                look(state.folder().resolve(Outlet.WITHHELD)));
    }

    private static SpoolSummary look(Path folder) {
        try {
            return SpoolSummary.of(folder);
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: the spool " + folder + " cannot be read: " + e.getMessage()
                    + "; use the agent's own user");
        }
    }

    private void print(List<Row> rows) {
        PrintStream out = invocation.out();
        out.printf("%-20s %10s %14s %9s %8s  %s%n", "OUTPUT", "BATCHES", "BYTES", "SEGMENTS", "DAMAGED", "OLDEST");
        for (Row row : rows) {
            SpoolSummary spool = row.spool;
            out.printf(
                    "%-20s %10d %14d %9d %8d  %s%n",
                    row.output,
                    spool.batches(),
                    spool.bytes(),
                    spool.segments(),
                    spool.damagedSegments(),
                    spool.oldest() == null ? "-" : spool.oldest());
            if (row.withheld.batches() > 0) {
                out.printf(
                        "  %d batches (%d bytes) are kept back: [sovereignty] does not let them go there%n",
                        row.withheld.batches(), row.withheld.bytes());
            }
            if (!row.configured) {
                out.println("  no such output is configured: its batches wait until there is one of that name again");
            }
        }
    }

    private void writeJson(List<Row> rows) throws IOException {
        // Flushed, not closed: the stream belongs to the program.
        JsonGenerator out = new JsonFactory()
                .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
                .createGenerator(invocation.out())
                .useDefaultPrettyPrinter();
        out.writeStartArray();
        for (Row row : rows) {
            SpoolSummary spool = row.spool;
            out.writeStartObject();
            out.writeStringField("output", row.output);
            out.writeBooleanField("configured", row.configured);
            out.writeNumberField("batches", spool.batches());
            out.writeNumberField("bytes", spool.bytes());
            out.writeNumberField("segments", spool.segments());
            out.writeNumberField("damaged_segments", spool.damagedSegments());
            out.writeStringField(
                    "oldest", spool.oldest() == null ? null : spool.oldest().toString());
            out.writeNumberField("withheld_batches", row.withheld.batches());
            out.writeNumberField("withheld_bytes", row.withheld.bytes());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.flush();
        invocation.out().println();
    }
}
