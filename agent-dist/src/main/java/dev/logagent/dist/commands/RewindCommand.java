package dev.logagent.dist.commands;

import dev.logagent.core.PositionsRewind;
import dev.logagent.core.PositionsRewind.Rewound;
import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.events.LoggingEvents;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.client.JsonValue;
import dev.logagent.dist.commands.LocalAgent.Parameter;
import java.io.IOException;
import java.nio.file.Path;
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
        description =
                "Takes a file back, so that the agent sends it again: at once if it is running, else when it is started.",
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
    private String target = BEGINNING;

    @Option(names = "--output", paramLabel = "NAME", description = "Only for this output. Default: for all.")
    private @Nullable String output;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    RewindCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        long offset = offset();
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            return agent.isRunning() ? inAgent(agent, offset) : inStateFolder(offset);
        }
    }

    private int inAgent(LocalAgent agent, long offset) throws InterruptedException {
        JsonValue answer = agent.act(LocalAgent.target(
                "/api/rewind",
                new Parameter("file", absolute().toString()),
                new Parameter("to", Long.toString(offset)),
                new Parameter("output", output)));
        for (JsonValue each : answer.at("rewound").list()) {
            tell(each.text("output"), each.text("source"), (long) each.number("from"), (long) each.number("to"));
        }
        return 0;
    }

    private Path absolute() {
        return file.toAbsolutePath().normalize();
    }

    private int inStateFolder(long offset) {
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
        if (target.equalsIgnoreCase(BEGINNING)) {
            return 0;
        }
        try {
            long offset = Long.parseLong(target);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw CommandFailure.usage("log-agent: --to must be 'beginning' or an offset in bytes, found " + target);
        }
        throw CommandFailure.usage("log-agent: --to must not be negative, found " + target);
    }

    /** Gives how many positions were changed. */
    private int rewind(OutputConfig output, Path folder, long offset) throws IOException {
        List<Rewound> rewound =
                PositionsRewind.rewind(output.name(), folder, absolute(), offset, new LoggingEvents(output.name()));
        rewound.forEach(each -> tell(each.output(), each.source(), each.from(), each.to()));
        return rewound.size();
    }

    private void tell(String ofOutput, String source, long from, long to) {
        invocation
                .out()
                .println("output '" + ofOutput + "', source '" + source + "': " + file + " goes on at byte " + to
                        + " instead of " + from);
    }
}
