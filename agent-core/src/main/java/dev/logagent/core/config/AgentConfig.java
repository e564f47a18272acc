package dev.logagent.core.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything the pipeline needs to know. */
public record AgentConfig(GlobalConfig global, List<SourceConfig> sources, BufferConfig buffer) {

    /** @throws IllegalArgumentException if there is no source, or two have one name */
    public AgentConfig {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("an agent needs a source");
        }
        Set<String> names = new HashSet<>();
        for (SourceConfig source : sources) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException("source name '" + source.name() + "' is used twice");
            }
        }
    }

    /** The same, but files that are not known are read from their beginning, for a run that is to deliver all there is. */
    public AgentConfig fromTheBeginning() {
        return new AgentConfig(
                global, sources.stream().map(SourceConfig::fromTheBeginning).toList(), buffer);
    }
}
