package dev.logagent.dist.commands;

import dev.logagent.api.SourceInfo;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.deadletter.DeadLetterFolder;
import dev.logagent.core.deadletter.DeadLetterReplay;
import dev.logagent.core.deadletter.DeadLetterReplay.Outcome;
import dev.logagent.core.parser.Parsers;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.dist.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  log-agent dead-letter replay 92f1c0a7be5d3310-1c"
        })
final class DeadLetterReplayCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Only these, as log-agent dead-letter list shows them.")
    private List<String> ids = new ArrayList<>();

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
                    Transport transport = Objects.requireNonNull(transports.get(output.name()));
                    complete &= replay(setup.agent(), output, transport);
                }
            } finally {
                transports.values().forEach(Transport::close);
            }
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: " + e.getMessage());
        }
        return complete ? 0 : 1;
    }

    private boolean replay(AgentConfig agent, OutputConfig output, Transport transport)
            throws IOException, InterruptedException {
        DeadLetterFolder folder =
                DeadLetterFolder.in(output.stateFolder(agent.global().stateDir()));
        if (!Files.isDirectory(folder.path())) {
            return true;
        }
        Set<String> wanted = Set.copyOf(ids);
        Outcome outcome = new DeadLetterReplay(
                        folder,
                        agent.global().agentName(),
                        transport,
                        new Parsers(agent.sources(), output)::parse,
                        source -> permits(agent, source, output),
                        letter -> filter.matches(letter) && (wanted.isEmpty() || wanted.contains(letter.id())),
                        CrashPoints.NONE)
                .run();
        tell(output, outcome);
        return outcome.refused() == 0 && outcome.forbidden() == 0 && outcome.obstacle() == null;
    }

    /** What the configuration says of the source now counts as well as what it said when the event was refused. */
    private static boolean permits(AgentConfig agent, SourceInfo source, OutputConfig output) {
        return agent.sovereignty().permits(source, output)
                && agent.sources().stream()
                        .filter(now -> now.name().equals(source.name()))
                        .allMatch(now -> agent.sovereignty().permits(now.info(), output));
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
