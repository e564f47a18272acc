package dev.logagent.dist.commands;

import dev.logagent.core.transport.FailoverTransport.EndPoint;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.check.DestinationCheck;
import dev.logagent.dist.check.Finding;
import dev.logagent.dist.check.HostCheck;
import dev.logagent.dist.check.PortCheck;
import dev.logagent.dist.check.TestEvent;
import dev.logagent.dist.config.TransportConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent check}. */
@Command(
        name = "check",
        description = "Tries everything that a run needs: configuration, files, state folder, destination.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Prints a line for each: OK, WARN or FAIL, what was tried, what to do. Sends no log line but by --send.",
            "Exit code 0: nothing failed; 1: something did; 2: the configuration cannot be used.",
            "",
            "Examples:",
            "  log-agent check",
            "  log-agent check --send                           and look for the event at the destination",
            "  sudo -u log-agent log-agent check --config /etc/log-agent/log-agent.config"
        })
final class CheckCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--send",
            arity = "0..1",
            paramLabel = "TEXT",
            fallbackValue = "This is a test of log-agent.",
            description = "Also send one event with this text to each destination, of source 'log-agent-check'.")
    private @Nullable String send;

    CheckCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try (Setup setup = Setup.load(config.file, invocation)) {
            invocation.out().println("OK    configuration  " + setup.files());
            HostCheck.run(setup.agent(), findings::add);
            if (setup.dashboard().enabled()) {
                findings.add(PortCheck.run(setup.dashboard()));
            }
            findings.forEach(invocation.out()::println);
            TestEvent event =
                    send == null ? null : new TestEvent(setup.agent().global().agentName(), send);
            for (TransportConfig output : setup.outputs()) {
                List<Finding> destinations = check(output.output(), setup.endPoints(output), event);
                destinations.forEach(invocation.out()::println);
                findings.addAll(destinations);
            }
        }
        return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.FAIL) ? 1 : 0;
    }

    private static List<Finding> check(String output, List<EndPoint> endPoints, @Nullable TestEvent event)
            throws InterruptedException {
        try {
            return DestinationCheck.run(output, endPoints, event);
        } finally {
            endPoints.forEach(endPoint -> endPoint.transport().close());
        }
    }
}
