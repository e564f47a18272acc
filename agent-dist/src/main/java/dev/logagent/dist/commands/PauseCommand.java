package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code log-agent pause}. */
@Command(
        name = "pause",
        description = "Has the running agent not read sources for a while.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What was read is delivered; files that are deleted meanwhile are held open. A restart ends the pause.",
            "",
            "Examples:",
            "  log-agent pause                    all sources",
            "  log-agent pause app1 app2",
            "  log-agent resume"
        })
final class PauseCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final SourceNames sources = new SourceNames();

    PauseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        return sources.act("/api/pause", invocation);
    }
}
