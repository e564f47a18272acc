package dev.logagent.core;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.SourceStatus;
import dev.logagent.core.status.SourceViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How the outputs and sources of a running agent do, looked up when asked. Safe for use by several threads. */
public final class StatusBoard {

    private final AgentConfig config;
    private final Supplier<List<Pipeline>> pipelines;

    StatusBoard(AgentConfig config, Supplier<List<Pipeline>> pipelines) {
        this.config = config;
        this.pipelines = pipelines;
    }

    /** The configured settings. */
    public AgentConfig config() {
        return config;
    }

    /** All outputs, in the configured order; none before the agent is started. Cheap. */
    public List<OutputStatus> outputs() {
        return pipelines.get().stream().map(Pipeline::status).toList();
    }

    /** All sources, in the configured order. Looks at the size of each followed file. */
    public List<SourceStatus> sources() {
        List<Pipeline> running = pipelines.get();
        List<Map<String, List<FileStatus>>> files =
                running.stream().map(Pipeline::files).toList();
        List<SourceStatus> sources = new ArrayList<>();
        for (SourceConfig source : config.sources()) {
            SourceViews views = new SourceViews(source.name(), source.logPaths());
            for (int i = 0; i < running.size(); i++) {
                views.add(
                        running.get(i).figures().source(source.name()),
                        files.get(i).getOrDefault(source.name(), List.of()));
            }
            sources.add(views.merged());
        }
        return sources;
    }
}
