package dev.logagent.dist.commands;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.checkpoint.CheckpointStore;
import dev.logagent.core.checkpoint.CheckpointStore.Loaded;
import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.detector.Rewind;
import dev.logagent.core.events.LoggingEvents;
import dev.logagent.dist.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log-agent files rewind}. */
@Command(
        name = "rewind",
        description = "Takes a file back, so that the agent sends it again when it is started. Stop the agent first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The lines keep their ids and, where they fall into the same batches, these keep their Idempotency-Key:",
            "a receiver that drops what it has seen gets only what it lacks.",
            "",
            "Examples:",
            "  log-agent files rewind /var/log/app.log",
            "  log-agent files rewind /var/log/app.log --to 1048576 --output alerts"
        })
final class RewindCommand implements Callable<Integer> {

    private static final String BEGINNING = "beginning";

    private final Invocation invocation;

    @Parameters(paramLabel = "FILE", description = "As log-agent files shows it.")
    private Path file = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "OFFSET",
            description =
                    "Where to go on: beginning (the default), or an offset in bytes; the line there is sent whole.")
    private String to = BEGINNING;

    @Option(names = "--output", paramLabel = "NAME", description = "Only for this output. Default: for all.")
    private @Nullable String output;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    RewindCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        long offset = offset();
        try (Setup setup = Setup.load(config.file, invocation);
                StateFolder state = StateFolder.open(setup.agent().global().stateDir())) {
            int rewound = 0;
            for (OutputConfig each : setup.outputs(output)) {
                rewound += rewind(each, each.stateFolder(state.path()), offset);
            }
            if (rewound == 0) {
                throw CommandFailure.usage(
                        "log-agent: " + file + " has not been read by any output; log-agent files shows what has");
            }
            return 0;
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: " + e.getMessage());
        }
    }

    private long offset() {
        if (to.equalsIgnoreCase(BEGINNING)) {
            return 0;
        }
        try {
            long offset = Long.parseLong(to);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw CommandFailure.usage("log-agent: --to must be 'beginning' or an offset in bytes, found " + to);
        }
        throw CommandFailure.usage("log-agent: --to must not be negative, found " + to);
    }

    /** Gives how many positions were changed. */
    private int rewind(OutputConfig output, Path folder, long offset) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        if (CheckpointStore.peek(folder).damaged()) {
            throw new IOException("the checkpoint in " + folder
                    + " is damaged: start the agent once, which repairs what can be repaired, then stop it and"
                    + " try again");
        }
        try (CheckpointStore store = new CheckpointStore(folder, new LoggingEvents(output.name()))) {
            Loaded loaded = store.load();
            List<FilePosition> found = newestOfEachSource(loaded.positions());
            for (FilePosition position : found) {
                FilePosition rewound = Rewind.to(position, offset);
                loaded.positions().replace(rewound);
                invocation
                        .out()
                        .println("output '" + output.name() + "', source '" + position.source() + "': " + file
                                + " goes on at byte "
                                + rewound.acks().position().offset() + " instead of "
                                + position.acks().position().offset());
            }
            if (!found.isEmpty()) {
                store.save(loaded.positions());
            }
            return found.size();
        }
    }

    /** Of a file that was truncated, only the present contents can be sent again. */
    private List<FilePosition> newestOfEachSource(Positions positions) {
        String path = file.toAbsolutePath().normalize().toString();
        List<FilePosition> all = positions.all().stream()
                .filter(position -> position.sighting().path().equals(path))
                .sorted(Comparator.comparingLong(
                                (FilePosition position) -> position.sighting().seenMillis())
                        .thenComparingInt(FilePosition::generation)
                        .reversed())
                .toList();
        return all.stream()
                .filter(position -> all.stream()
                                .filter(other -> other.source().equals(position.source()))
                                .findFirst()
                                .orElse(position)
                        == position)
                .toList();
    }
}
