package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code log-agent flush}. */
@Command(
        name = "flush",
        description = "Has the running agent send what it has read, without waiting for interval_secs.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  log-agent flush"})
final class FlushCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    FlushCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            invocation.out().println(agent.act("/api/flush").text("message"));
            return 0;
        }
    }
}
