package dev.logagent.dist.commands;

import dev.logagent.core.Agent;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.events.LoggingEvents;
import dev.logagent.dist.AgentRun;
import dev.logagent.dist.Heartbeat;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.Signals;
import dev.logagent.dist.SmallHeap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent run}, also when no verb is given. */
@Command(
        name = "run",
        description = "Reads the configured logs and delivers every line, until it is told to stop.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "SIGTERM and Ctrl-C deliver what is in flight, save positions and exit with 0; a second one exits at once.",
            "SIGHUP reads the configuration again, as log-agent reload does.",
            "",
            "Examples:",
            "  log-agent                                        with the configuration that is found",
            "  log-agent run --config /etc/log-agent/log-agent.config",
            "  log-agent run --once                             deliver what is in the files now, then exit",
            "  some-command | log-agent run                     with a source of type stdin: deliver it, then exit"
        })
final class RunCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--once",
            description =
                    "Read everything that is there, whatever start_at says, deliver it, and exit: 0 if all was delivered,"
                            + " else 1.")
    private boolean once;

    RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** With nothing but standard input to read, there is nothing to wait for after its end. */
    private static boolean endsByItself(AgentConfig agent) {
        return agent.sources().stream().allMatch(source -> source.input() instanceof InputConfig.Stdin);
    }

    @Override
    public Integer call() throws InterruptedException {
        SmallHeap.keep();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        // First of all, so that a signal finds the handler even while the configuration is read.
        Signals.onStop(() -> stop.complete(null));
        // Waits until the agent has started: what it reads now may be the configuration before.
        CompletableFuture<Runnable> onHangUp = new CompletableFuture<>();
        if (!once) {
            Signals.onHangUp(() -> onHangUp.thenAccept(Runnable::run));
        }
        try (Setup setup = Setup.load(config.file, invocation)) {
            setup.logSummary();
            AgentConfig agentConfig = once ? setup.agent().fromTheBeginning() : setup.agent();
            boolean ends = once || endsByItself(agentConfig);
            try (Agent agent = new Agent(agentConfig, setup.transports(), LoggingEvents::new);
                    Operation operation = new Operation(config.file, setup, agent, () -> stop.complete(null))) {
                AgentRun run = new AgentRun(agent, stop, once ? () -> {} : () -> operation.started(onHangUp::complete));
                Heartbeat.Work work = ends ? run::once : run::untilStopped;
                return Heartbeat.during(invocation.env(), operation::isAlive, work);
            }
        }
    }
}
