package dev.logagent.dist.config;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.Options;
import dev.logagent.api.option.Suggestion;
import dev.logagent.core.config.AgentConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Validates all tables against their declarations, then what only shows when they are seen together. For one use. */
final class Validation {

    private static final List<String> GLOBAL = List.of(ConfigTables.GLOBAL);
    private static final List<String> SOURCES = List.of(ConfigTables.SOURCES);
    private static final List<String> BUFFER = List.of(ConfigTables.BUFFER);

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;
    private final TransportTables transportTables;
    private final Surroundings surroundings;

    Validation(
            ConfigTree tree,
            ProblemPlaces places,
            Findings findings,
            Transports transports,
            Surroundings surroundings) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
        this.transportTables = new TransportTables(tree, places, findings, transports);
        this.surroundings = surroundings;
    }

    /** What came of it. */
    record Valid(AgentConfig agent, TransportConfig transport, EffectiveConfig effective) {}

    /** The configuration, or null when there are findings. */
    @Nullable Valid run() {
        topLevel();
        Options global = table(ConfigTables.GLOBAL, GlobalTable.TABLE);
        Options buffer = table(ConfigTables.BUFFER, BufferTable.TABLE);
        List<Options> sources = sources();
        new SourceChecks(tree, places, findings, surroundings).check(sources);
        memory(global, buffer);
        TransportConfig transport = transportTables.check(global);
        if (transport == null || !findings.isEmpty()) {
            if (transport != null) {
                transport.tryOut(global).forEach(this::report);
            }
            return null;
        }
        AgentConfig agent = CoreConfig.of(global, sources, buffer, surroundings);
        return new Valid(agent, transport, EffectiveConfig.of(tree, agent, global, sources, buffer, transport));
    }

    private void topLevel() {
        tree.values().forEach((key, value) -> {
            if (ConfigTables.TOP_LEVEL.contains(key)) {
                return;
            }
            boolean isTable = value instanceof Map
                    || (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance));
            String nearest = Suggestion.nearest(key, ConfigTables.TOP_LEVEL);
            String belongs = isTable ? null : ProblemPlaces.belongsIn(key);
            String hint = belongs != null
                    ? belongs
                    : nearest != null
                            ? "did you mean '" + nearest + "'?"
                            : "known at the top level: " + String.join(", ", ConfigTables.TOP_LEVEL);
            findings.add(places.at(
                    List.of(key),
                    Place.KEY,
                    isTable ? "unknown table [" + key + "]" : "unknown key '" + key + "' at the top level",
                    hint));
        });
    }

    private Options table(String name, OptionTable table) {
        Object raw = tree.values().get(name);
        if (raw instanceof Map<?, ?> map) {
            return table.validate(keyed(map), problem -> report(problem.within(List.of(name))));
        }
        if (raw != null) {
            findings.add(places.at(
                    List.of(name), Place.KEY, "'" + name + "' must be one table", "write it as [" + name + "]"));
        } else if (name.equals(ConfigTables.GLOBAL)) {
            findings.add(places.at(
                            GLOBAL,
                            Place.KEY,
                            "table [global] is missing",
                            "it needs agent_name, end_point and send_type; log-agent init writes an example")
                    .missing("[" + name));
        }
        return table.validate(Map.of(), problem -> {});
    }

    private List<Options> sources() {
        Object raw = tree.values().get(ConfigTables.SOURCES);
        List<Options> sources = new ArrayList<>();
        if (raw == null || (raw instanceof List<?> none && none.isEmpty())) {
            findings.add(places.at(
                            SOURCES,
                            Place.KEY,
                            "there is no [[sources]]: nothing to read",
                            "add [[sources]] with name and log_path; log-agent init writes an example")
                    .missing("[[" + ConfigTables.SOURCES));
        } else if (raw instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            for (Object element : list) {
                List<String> path = List.of(ConfigTables.SOURCES, Integer.toString(sources.size()));
                if (element instanceof Map<?, ?> map) {
                    sources.add(SourceTable.TABLE.validate(keyed(map), problem -> report(problem.within(path))));
                }
            }
        } else {
            findings.add(places.at(
                    SOURCES, Place.KEY, "'sources' must be a list of tables", "write each of them as [[sources]]"));
        }
        return sources;
    }

    private void memory(Options global, Options buffer) {
        long line = 2 * global.integer(GlobalTable.MAX_LINE_BYTES);
        long batch = 2 * global.integer(GlobalTable.MAX_BATCH_BYTES);
        long least = Math.max(line, batch);
        long memory = buffer.integer(BufferTable.MAX_MEMORY_BYTES);
        if (memory >= least) {
            return;
        }
        String cause = line >= batch ? GlobalTable.MAX_LINE_BYTES : GlobalTable.MAX_BATCH_BYTES;
        List<String> given = List.of(ConfigTables.BUFFER, BufferTable.MAX_MEMORY_BYTES);
        boolean isGiven = tree.location(given) != null;
        findings.add(places.at(
                isGiven ? given : List.of(ConfigTables.GLOBAL, cause),
                Place.VALUE,
                "'max_memory_bytes' must be at least twice '" + cause + "', found " + memory,
                "set it to " + least + (isGiven ? " or more" : " or more in " + ProblemPlaces.header(BUFFER))));
    }

    private void report(OptionProblem problem) {
        places.locate(problem).ifPresent(findings::add);
    }

    static Map<String, Object> keyed(Map<?, ?> table) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        table.forEach((key, value) -> keyed.put(String.valueOf(key), value));
        return keyed;
    }
}
