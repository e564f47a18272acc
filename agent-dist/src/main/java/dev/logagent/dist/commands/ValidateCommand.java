package dev.logagent.dist.commands;

import dev.logagent.api.transport.Transport;
import dev.logagent.dist.Invocation;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code log-agent validate}. */
@Command(
        name = "validate",
        description = "Checks the configuration and prints all that is wrong with it at once. Touches nothing else.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0: it can be used; 2: it cannot.",
            "",
            "Examples:",
            "  log-agent validate",
            "  log-agent validate --config new.config && mv new.config /etc/log-agent/log-agent.config"
        })
final class ValidateCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    ValidateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Setup setup = Setup.load(config.file, invocation)) {
            setup.transports().values().forEach(Transport::close);
            int sources = setup.agent().sources().size();
            invocation
                    .out()
                    .println(setup.files() + ": valid; " + sources + (sources == 1 ? " source" : " sources") + " to "
                            + setup.outputs().stream().map(Summary::destination).collect(Collectors.joining(", ")));
            return 0;
        }
    }
}
