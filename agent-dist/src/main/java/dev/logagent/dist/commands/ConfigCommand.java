package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code log-agent config show} and {@code log-agent config schema}. */
@Command(
        name = "config",
        description = "Shows the configuration in effect, or its schema.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  log-agent config show                          what is in effect, and where each value comes from",
            "  log-agent config schema > log-agent.schema.json"
        })
final class ConfigCommand implements Callable<Integer> {

    private final Invocation invocation;

    ConfigCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, invocation.err());
        return 2;
    }

    @Command(
            name = "show",
            description = "Prints the configuration in effect, with the origin of each value; secrets are masked.",
            mixinStandardHelpOptions = true)
    int show(@Mixin ConfigOption config) {
        try (Setup setup = Setup.load(config.file, invocation)) {
            invocation.out().print(setup.effective());
            return 0;
        }
    }

    @Command(
            name = "schema",
            description = "Prints a JSON Schema of the configuration, for editors that check TOML.",
            mixinStandardHelpOptions = true)
    int schema() {
        invocation.out().println(Setup.schema(invocation.home()));
        return 0;
    }
}
