package dev.logagent.core.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything the pipeline needs to know.
 *
 * @param outputs all destinations, the one of {@code [global]} first
 * @param routes which events go where, tried in order
 * @param limits what the agent may take of the machine
 * @param redactions what is taken out of lines before they reach an output, in this order
 */
public record AgentConfig(
        GlobalConfig global,
        List<SourceConfig> sources,
        BufferConfig buffer,
        List<OutputConfig> outputs,
        List<RouteConfig> routes,
        SovereigntyConfig sovereignty,
        LimitsConfig limits,
        List<RedactionConfig> redactions) {

    /** @throws IllegalArgumentException if there is no source, two have one name, or two outputs have */
    public AgentConfig {
        sources = List.copyOf(sources);
        outputs = List.copyOf(outputs);
        routes = List.copyOf(routes);
        redactions = List.copyOf(redactions);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("an agent needs a source");
        }
        requireDistinct("source", sources.stream().map(SourceConfig::name));
        requireDistinct("output", outputs.stream().map(OutputConfig::name));
    }

    /** An agent with one output, to which everything goes. */
    public AgentConfig(GlobalConfig global, List<SourceConfig> sources, BufferConfig buffer) {
        this(
                global,
                sources,
                buffer,
                List.of(new OutputConfig(OutputConfig.DEFAULT_NAME, global, Set.of())),
                List.of(),
                SovereigntyConfig.NONE,
                LimitsConfig.DEFAULTS,
                List.of());
    }

    private static void requireDistinct(String what, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(what + " name '" + name + "' is used twice");
            }
        });
    }

    /** The same, but files that are not known are read from their beginning, for a run that is to deliver all there is. */
    public AgentConfig fromTheBeginning() {
        List<SourceConfig> whole =
                sources.stream().map(SourceConfig::fromTheBeginning).toList();
        return new AgentConfig(global, whole, buffer, outputs, routes, sovereignty, limits, redactions);
    }
}
