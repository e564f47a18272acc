package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import dev.logagent.dist.client.AgentClient.Reply;
import dev.logagent.dist.client.JsonValue;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent outputs}. */
@Command(
        name = "outputs",
        description = "Shows how each output of the running agent does, and why if it does not deliver.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "DELIVERED counts events since the start of the agent; ON THEIR WAY are those that are read but not delivered; P99 is",
            "how long all but one in a hundred sends took at most.",
            "",
            "Examples:",
            "  log-agent outputs",
            "  log-agent outputs --json | jq '.outputs[] | select(.state != \"delivering\")'"
        })
final class OutputsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "As the agent's API gives it.")
    private boolean json;

    OutputsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            Reply reply = agent.get("/api/outputs");
            if (json) {
                invocation.out().println(reply.body());
            } else {
                print(LocalAgent.parsed(reply).at("outputs").list());
            }
            return 0;
        }
    }

    private void print(List<JsonValue> outputs) {
        TextTable table = new TextTable(
                "OUTPUT",
                "STATE",
                ">DELIVERED",
                ">ON THEIR WAY",
                ">RETRIES",
                ">SPOOL",
                ">DEAD LETTERS",
                ">P99",
                "DESTINATION");
        for (JsonValue output : outputs) {
            table.add(
                    output.text("name"),
                    output.text("state"),
                    Amounts.whole(output.number("events_delivered")),
                    Amounts.whole(output.number("events_on_their_way")),
                    Amounts.whole(output.number("retries")),
                    Amounts.bytes(output.number("spool", "bytes")),
                    Amounts.whole(output.number("dead_letters", "events")),
                    Amounts.seconds(output.number("send_seconds", "p99")),
                    output.text("transport") + " " + output.text("destination"));
        }
        table.print(invocation.out());
        for (JsonValue output : outputs) {
            if (!output.text("reason").isEmpty()) {
                invocation
                        .out()
                        .println("output '" + output.text("name") + "' is " + output.text("state") + " since "
                                + output.text("since") + ": " + TextTable.printable(output.text("reason")));
            }
        }
    }
}
