package dev.logagent.core;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.events.AgentStatus;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.runtime.Workers;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.SourceStatus;
import dev.logagent.core.status.SourceViews;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the outputs and sources of a running agent do, looked up when asked. Safe for use by several threads. */
public final class StatusBoard {

    private final Supplier<AgentConfig> config;
    private final Supplier<List<Pipeline>> pipelines;
    private final Supplier<Set<String>> paused;
    private final Supplier<@Nullable Discovery> discovery;
    private final Supplier<AgentStatus> totals;
    private final Workers workers;
    private volatile boolean draining;
    private volatile @Nullable Look last;

    /** A look at all files: when it was over, and what it has cost. */
    private record Look(List<SourceStatus> sources, long atNanos, long costNanos) {}

    StatusBoard(
            Supplier<AgentConfig> config,
            Supplier<List<Pipeline>> pipelines,
            Supplier<Set<String>> paused,
            Supplier<@Nullable Discovery> discovery,
            Supplier<AgentStatus> totals,
            Workers workers) {
        this.config = config;
        this.pipelines = pipelines;
        this.paused = paused;
        this.discovery = discovery;
        this.totals = totals;
        this.workers = workers;
    }

    void draining() {
        draining = true;
    }

    /** Whether the agent has been told to stop: it reads no more, and delivers what is on its way. */
    public boolean isDraining() {
        return draining;
    }

    /** What all outputs have counted together. Cheap. */
    public AgentStatus totals() {
        return totals.get();
    }

    /** The threads that do the work. */
    public Workers workers() {
        return workers;
    }

    /** The settings that hold now. */
    public AgentConfig config() {
        return config.get();
    }

    /** The names of the sources that are not read because somebody has asked for that. */
    public Set<String> paused() {
        return paused.get();
    }

    /** All outputs, in the configured order; none before the agent is started. Cheap. */
    public List<OutputStatus> outputs() {
        return pipelines.get().stream().map(Pipeline::status).toList();
    }

    /**
     * All sources: those of the configuration in their order, then those that were discovered, by name. Looks at the size of
     * each followed file.
     */
    public List<SourceStatus> sources() {
        long start = System.nanoTime();
        List<Pipeline> running = pipelines.get();
        List<SourceStatus> sources = sources(running);
        long end = System.nanoTime();
        // Before the agent has started, the next look may find more at any moment.
        last = running.isEmpty() ? null : new Look(sources, end, end - start);
        return sources;
    }

    /**
     * The same as it was at most so long ago, whoever has looked then; and longer ago if looking would otherwise take more than
     * one part in {@code share} of the time.
     */
    public List<SourceStatus> sources(Duration maxAge, int share) {
        Look known = last;
        if (known != null && System.nanoTime() - known.atNanos <= Math.max(maxAge.toNanos(), share * known.costNanos)) {
            return known.sources;
        }
        return sources();
    }

    private List<SourceStatus> sources(List<Pipeline> running) {
        List<Map<String, List<FileStatus>>> files =
                running.stream().map(this::files).toList();
        Map<String, SourceViews> views = new LinkedHashMap<>();
        for (SourceConfig source : config().sources()) {
            if (source.discovery() == null) {
                String input = source.input() instanceof InputConfig.Files
                        ? null
                        : source.input().shown();
                views.put(source.name(), new SourceViews(source.name(), source.shownPlaces(), input));
            }
        }
        if (discovery.get() != null) {
            Set<String> found = new TreeSet<>();
            running.forEach(pipeline -> found.addAll(pipeline.figures().sources()));
            files.forEach(each -> found.addAll(each.keySet()));
            found.forEach(name -> views.putIfAbsent(name, new SourceViews(name)));
        }
        views.forEach((name, view) -> {
            for (int i = 0; i < running.size(); i++) {
                view.add(running.get(i).figures().source(name), files.get(i).getOrDefault(name, List.of()));
            }
        });
        return views.values().stream().map(SourceViews::merged).toList();
    }

    /** The followed files by their sources; those that were discovered are remembered under one name. */
    private Map<String, List<FileStatus>> files(Pipeline pipeline) {
        Map<String, List<FileStatus>> files = pipeline.files();
        Discovery finder = discovery.get();
        List<FileStatus> found = finder == null ? null : files.remove(DiscoveryConfig.NAME);
        if (finder != null && found != null) {
            for (FileStatus file : found) {
                String source = finder.sourceOf(Path.of(file.path())).name();
                files.computeIfAbsent(source, name -> new ArrayList<>()).add(file);
            }
        }
        return files;
    }

    /** All files that were found where logs are looked for, followed or not; empty if nothing is discovered. Cheap. */
    public List<FoundFile> inventory() {
        Discovery finder = discovery.get();
        return finder == null ? List.of() : finder.inventory();
    }
}
