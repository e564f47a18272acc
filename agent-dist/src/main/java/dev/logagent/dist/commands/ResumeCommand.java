package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code log-agent resume}. */
@Command(
        name = "resume",
        description = "Has the running agent read sources again that were paused.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  log-agent resume                   all sources", "  log-agent resume app1"})
final class ResumeCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final SourceNames sources = new SourceNames();

    ResumeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        return sources.act("/api/resume", invocation);
    }
}
