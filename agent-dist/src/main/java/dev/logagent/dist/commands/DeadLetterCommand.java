package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code log-agent dead-letter}; {@link Verbs} adds what it can do. */
@Command(
        name = "dead-letter",
        description = "Lists, shows and sends again the events that a destination has refused for good.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  log-agent dead-letter list --reason 'too large'",
            "  log-agent dead-letter show 92f1c0a7be5d3310-1c",
            "  log-agent dead-letter replay --source app"
        })
final class DeadLetterCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The verb with all that it can do. */
    static CommandLine create(Invocation invocation) {
        return new CommandLine(new DeadLetterCommand())
                .addSubcommand("list", new DeadLetterListCommand(invocation))
                .addSubcommand("show", new DeadLetterShowCommand(invocation))
                .addSubcommand("replay", new DeadLetterReplayCommand(invocation));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "dead-letter needs a command: list, show, replay");
    }
}
