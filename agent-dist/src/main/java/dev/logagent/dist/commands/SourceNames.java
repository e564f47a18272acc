package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import dev.logagent.dist.client.JsonValue;
import dev.logagent.dist.commands.LocalAgent.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The sources that a verb has the running agent read, or not read. */
final class SourceNames {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(arity = "0..*", paramLabel = "SOURCE", description = "Only these. Default: all.")
    private List<String> names = new ArrayList<>();

    /** Has it done, and prints what is not read from now on. Gives the exit code. */
    int act(String path, Invocation invocation) throws InterruptedException {
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            Parameter[] named =
                    names.stream().map(name -> new Parameter("source", name)).toArray(Parameter[]::new);
            String paused = agent.act(LocalAgent.target(path, named)).at("paused").list().stream()
                    .map(JsonValue::text)
                    .collect(Collectors.joining(", "));
            invocation.out().println(paused.isEmpty() ? "no source is paused" : "paused: " + paused);
            return 0;
        }
    }
}
