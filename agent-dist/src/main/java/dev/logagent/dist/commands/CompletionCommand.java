package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code log-agent completion}. */
@Command(
        name = "completion",
        description = "Prints a script that teaches bash and zsh to complete verbs and options.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  source <(log-agent completion)                                in ~/.bashrc or ~/.zshrc",
            "  log-agent completion > /etc/bash_completion.d/log-agent       for all users"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Invocation invocation;

    CompletionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.out().print(AutoComplete.bash("log-agent", Verbs.all(invocation)));
        return 0;
    }
}
