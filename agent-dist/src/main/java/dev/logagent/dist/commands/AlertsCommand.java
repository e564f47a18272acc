package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import dev.logagent.dist.client.AgentClient.Reply;
import dev.logagent.dist.client.JsonValue;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent alerts}. */
@Command(
        name = "alerts",
        description = "Shows the alerts of the running agent.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0: none is active; 1: some are, or no agent answers.",
            "",
            "Examples:",
            "  log-agent alerts",
            "  log-agent alerts --all",
            "  log-agent alerts --json | jq -r '.alerts[].message'"
        })
final class AlertsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--all", description = "Also those that have been cleared lately.")
    private boolean all;

    @Option(names = "--json", description = "As the agent's API gives it.")
    private boolean json;

    AlertsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            Reply reply = agent.get("/api/alerts");
            JsonValue answer = LocalAgent.parsed(reply);
            List<JsonValue> active = answer.at("alerts").list();
            if (json) {
                invocation.out().println(reply.body());
            } else {
                print(active, "no alert is active");
                if (all) {
                    invocation.out().println();
                    print(answer.at("recent").list(), "none has been cleared lately");
                }
                answer.at("notifications").list().forEach(this::warn);
            }
            return active.isEmpty() ? 0 : 1;
        }
    }

    /** Whoever waits to be told must know that he is not. */
    private void warn(JsonValue notification) {
        String problem = notification.text("problem");
        if (!problem.isEmpty()) {
            invocation.out().println("the " + notification.text("way") + " of [alerts] fails: " + problem);
        }
    }

    private void print(List<JsonValue> alerts, String none) {
        if (alerts.isEmpty()) {
            invocation.out().println(none);
            return;
        }
        TextTable table = new TextTable("SEVERITY", "SINCE", "CLEARED", "RULE", "MESSAGE");
        for (JsonValue alert : alerts) {
            String cleared = alert.text("cleared_at");
            table.add(
                    alert.text("severity"),
                    alert.text("since"),
                    cleared.isEmpty() ? "-" : cleared,
                    alert.text("rule"),
                    alert.text("message"));
        }
        table.print(invocation.out());
    }
}
