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

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;
    private final Transports transports;
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
        this.transports = transports;
        this.surroundings = surroundings;
    }

    /** What came of it. */
    record Valid(
            AgentConfig agent,
            List<TransportConfig> transports,
            DashboardConfig dashboard,
            AlertSettings alerts,
            EffectiveConfig effective,
            boolean reloadOnChange) {}

    /** The configuration, or null when there are findings. */
    @Nullable Valid run() {
        topLevel();
        ValidTables tables = new ValidTables(
                table(ConfigTables.GLOBAL, GlobalTable.TABLE),
                list(ConfigTables.SOURCES, SourceTable.TABLE),
                table(ConfigTables.DISCOVERY, DiscoveryTable.TABLE),
                tree.values().containsKey(ConfigTables.DISCOVERY),
                list(ConfigTables.OUTPUTS, OutputTable.TABLE),
                list(ConfigTables.ROUTES, RouteTable.TABLE),
                table(ConfigTables.SOVEREIGNTY, SovereigntyTable.TABLE),
                list(ConfigTables.REDACT, RedactTable.TABLE),
                table(ConfigTables.BUFFER, BufferTable.TABLE),
                table(ConfigTables.LIMITS, LimitsTable.TABLE),
                table(ConfigTables.DASHBOARD, DashboardTable.TABLE),
                table(ConfigTables.ALERTS, AlertsTable.TABLE));
        new SourceChecks(tree, places, findings, surroundings).check(tables.sources());
        new DiscoveryChecks(tree, places, findings).check(tables);
        NameChecks names = new NameChecks(tree, places, findings, tables);
        new RouteChecks(names).check(tables);
        new RedactChecks(names, tree, places, findings).check(tables.redactions());
        new MemoryCheck(tree, places, findings).check(tables);
        DashboardConfig dashboard = new DashboardChecks(tree, places, findings, surroundings).check(tables.dashboard());
        List<TransportConfig> used = transports(tables);
        if (used.size() <= tables.outputs().size() || !findings.isEmpty()) {
            used.forEach(each -> each.tryOut(tables.global()).forEach(this::report));
            return null;
        }
        AgentConfig agent = CoreConfig.of(tables, used, surroundings);
        // Only when all else is right: one wrong name could leave many events without an output.
        new BorderChecks(tree, places, findings).check(agent);
        return findings.isEmpty()
                ? new Valid(
                        agent,
                        used,
                        dashboard,
                        AlertsTable.settings(tables.alerts()),
                        EffectiveConfig.of(tree, agent, tables, used),
                        tables.global().bool(GlobalTable.RELOAD_ON_CHANGE))
                : null;
    }

    /** The transports of the outputs of which enough is known. */
    private List<TransportConfig> transports(ValidTables tables) {
        TransportTables transportTables = new TransportTables(tree, places, findings, transports);
        List<TransportConfig> used = new ArrayList<>();
        TransportConfig first = transportTables.ofGlobal(tables.global());
        if (first != null) {
            used.add(first);
        }
        for (int i = 0; i < tables.outputs().size(); i++) {
            TransportConfig transport =
                    transportTables.ofOutput(i, tables.outputs().get(i), tables.global());
            if (transport != null) {
                used.add(transport);
            }
        }
        return used;
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

    private List<Options> list(String name, OptionTable table) {
        Object raw = tree.values().get(name);
        List<Options> elements = new ArrayList<>();
        if (raw instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            for (Object element : list) {
                List<String> path = List.of(name, Integer.toString(elements.size()));
                if (element instanceof Map<?, ?> map) {
                    elements.add(table.validate(keyed(map), problem -> report(problem.within(path))));
                }
            }
        } else if (raw != null) {
            findings.add(places.at(
                    List.of(name),
                    Place.KEY,
                    "'" + name + "' must be a list of tables",
                    "write each of them as [[" + name + "]]"));
        }
        return elements;
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
