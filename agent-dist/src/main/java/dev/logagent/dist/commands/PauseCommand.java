package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import dev.logagent.dist.client.JsonValue;
import dev.logagent.dist.commands.LocalAgent.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
    private final ConfigOption config = new ConfigOption();

    @Parameters(arity = "0..*", paramLabel = "SOURCE", description = "Only these. Default: all.")
    private List<String> sources = new ArrayList<>();

    PauseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            Parameter[] named = sources.stream()
                    .map(source -> new Parameter("source", source))
                    .toArray(Parameter[]::new);
            List<String> paused = agent.act(LocalAgent.target("/api/pause", named)).at("paused").list().stream()
                    .map(JsonValue::text)
                    .toList();
            invocation.out().println(paused.isEmpty() ? "no source is paused" : "paused: " + String.join(", ", paused));
            return 0;
        }
    }
}
