package dev.logagent.dist.commands;

import dev.logagent.api.transport.Transport;
import dev.logagent.core.Restorer;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.deadletter.DeadLetterReplay;
import dev.logagent.core.deadletter.DeadLetterReplay.Outcome;
import dev.logagent.dist.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log-agent dead-letter replay}. */
@Command(
        name = "replay",
        description = "Sends dead letters to their output again, and removes those that it takes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The events keep their ids. What is refused again stays, with the new reason. Nothing is sent to an output",
            "that [sovereignty] forbids. Works while the agent is running.",
            "Exit code 0: everything that was meant is delivered; 1: something is left.",
            "",
            "Examples:",
            "  log-agent dead-letter replay",
            "  log-agent dead-letter replay --output alerts --reason 413",
            "  log-agent dead-letter replay --output partner --to archive",
            "  log-agent dead-letter replay 92f1c0a7be5d3310-1c"
        })
final class DeadLetterReplayCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Only these, as log-agent dead-letter list shows them.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "NAME",
            description = "Send them to this output instead of the one that has refused them.")
    private @Nullable String to;

    @Mixin
    private final LetterFilter filter = new LetterFilter();

    @Mixin
    private final ConfigOption config = new ConfigOption();

    DeadLetterReplayCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean complete = true;
        try (Setup setup = Setup.load(config.file, invocation)) {
            List<OutputConfig> outputs = setup.outputs(filter.output);
            Map<String, Transport> transports = setup.transports();
            try {
                for (OutputConfig output : outputs) {
                    OutputConfig target =
                            to == null ? output : setup.outputs(to).get(0);
                    Transport transport = Objects.requireNonNull(transports.get(target.name()));
                    complete &= replay(setup.agent(), output, target, transport);
                }
            } finally {
                transports.values().forEach(Transport::close);
            }
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: " + e.getMessage());
        }
        return complete ? 0 : 1;
    }

    private boolean replay(AgentConfig agent, OutputConfig output, OutputConfig target, Transport transport)
            throws IOException, InterruptedException {
        Set<String> wanted = Set.copyOf(ids);
        Outcome outcome = DeadLetterReplay.of(
                        agent,
                        output,
                        target,
                        transport,
                        new Restorer(agent, target),
                        letter -> filter.matches(letter) && (wanted.isEmpty() || wanted.contains(letter.id())))
                .run();
        tell(output, outcome);
        return outcome.refused() == 0 && outcome.forbidden() == 0 && outcome.obstacle() == null;
    }

    private void tell(OutputConfig output, Outcome outcome) {
        StringBuilder line = new StringBuilder("output '" + output.name() + "': " + outcome.delivered() + " delivered");
        append(line, outcome.refused(), "refused again");
        append(line, outcome.forbidden(), "kept, because [sovereignty] forbids this output");
        append(line, outcome.kept(), outcome.obstacle() == null ? "kept, not selected" : "kept");
        append(line, outcome.damaged(), "lines are damaged, and were kept");
        invocation.out().println(line);
        if (outcome.obstacle() != null) {
            invocation
                    .err()
                    .println("output '" + output.name() + "' does not take anything now: "
                            + TextTable.printable(outcome.obstacle()));
        }
    }

    private static void append(StringBuilder line, int count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(' ').append(what);
        }
    }
}
