package dev.logagent.dist.config;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionType;
import dev.logagent.api.option.Options;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.SourceConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;

/**
 * All values in effect, and where each comes from; secrets are masked. Immutable.
 *
 * @param tables in the order of the file
 */
public record EffectiveConfig(List<Table> tables) {

    private static final String MASK = "***";
    private static final String DEFAULT = "default";
    private static final int COMMENT_COLUMN = 48;

    public EffectiveConfig {
        tables = List.copyOf(tables);
    }

    /**
     * One table.
     *
     * @param header as it is written: {@code [global]}, {@code [[sources]]}
     */
    public record Table(String header, List<Value> values) {
        public Table {
            values = List.copyOf(values);
        }
    }

    /**
     * One value.
     *
     * @param value a {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code List} or {@code Map} of
     *     strings; null if there is none
     * @param origin {@code default}, the file and line, or what was put in for <code>${…}</code>
     */
    public record Value(String key, @Nullable Object value, String origin) {}

    static EffectiveConfig of(ConfigTree tree, AgentConfig agent, ValidTables given, List<TransportConfig> transports) {
        Origins origins = new Origins(tree);
        Options global = given.global();
        List<Table> tables = new ArrayList<>();
        Map<String, Object> computed = new LinkedHashMap<>();
        computed.put(GlobalTable.STATE_DIR, agent.global().stateDir().toString());
        computed.put(GlobalTable.FORMAT, format(transports.get(0)));
        String host = agent.sources().get(0).info().host();
        computed.put(GlobalTable.HOST, host == null ? "" : host);
        origins.add(tables, List.of(ConfigTables.GLOBAL), global, computed);
        Object region = origins.shown(global, GlobalTable.REGION);
        Object tags = origins.shown(global, GlobalTable.TAGS);
        for (int i = 0; i < given.sources().size(); i++) {
            List<String> path = List.of(ConfigTables.SOURCES, Integer.toString(i));
            origins.add(
                    tables,
                    path,
                    given.sources().get(i),
                    inherited(agent.sources().get(i), region, tags));
        }
        if (given.discovers()) {
            Map<String, Object> found = new LinkedHashMap<>();
            found.put(DiscoveryTable.ENABLED, true);
            found.put(
                    DiscoveryTable.START_AT,
                    agent.sources().get(given.sources().size()).startAt().name().toLowerCase(Locale.ROOT));
            origins.add(tables, List.of(ConfigTables.DISCOVERY), given.discovery(), found);
        }
        for (int i = 0; i < given.outputs().size(); i++) {
            List<String> path = List.of(ConfigTables.OUTPUTS, Integer.toString(i));
            TransportConfig transport = transports.get(i + 1);
            origins.add(tables, path, given.outputs().get(i), inherited(transport, origins, global));
            if (transport.place().get(0).equals(ConfigTables.OUTPUTS)) {
                origins.add(tables, transport.place(), transport.options(), Map.of());
            }
        }
        for (int i = 0; i < given.routes().size(); i++) {
            List<String> path = List.of(ConfigTables.ROUTES, Integer.toString(i));
            origins.add(tables, path, given.routes().get(i), Map.of());
        }
        if (!agent.sovereignty().rules().isEmpty()) {
            origins.add(tables, List.of(ConfigTables.SOVEREIGNTY), given.sovereignty(), Map.of());
        }
        for (int i = 0; i < given.redactions().size(); i++) {
            List<String> path = List.of(ConfigTables.REDACT, Integer.toString(i));
            origins.add(tables, path, given.redactions().get(i), Map.of());
        }
        origins.add(tables, List.of(ConfigTables.BUFFER), given.buffer(), Map.of());
        origins.add(tables, List.of(ConfigTables.LIMITS), given.limits(), Map.of());
        if (tree.values().containsKey(ConfigTables.DASHBOARD)) {
            Map<String, Object> on = Map.of(DashboardTable.ENABLED, true);
            origins.add(tables, List.of(ConfigTables.DASHBOARD), given.dashboard(), on);
        }
        origins.add(tables, List.of(ConfigTables.ALERTS), given.alerts(), Map.of());
        Set<List<String>> shown = new HashSet<>();
        for (TransportConfig transport : transports) {
            if (transport.place().get(0).equals(ConfigTables.TRANSPORT) && shown.add(transport.place())) {
                origins.add(tables, transport.place(), transport.options(), Map.of());
            }
        }
        return new EffectiveConfig(tables);
    }

    private static String format(TransportConfig transport) {
        return transport.effectiveFormat().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> inherited(TransportConfig transport, Origins origins, Options global) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : OutputTable.OVERRIDES) {
            Object value = origins.shown(global, key);
            if (value != null) {
                values.put(key, value);
            }
        }
        values.put(GlobalTable.FORMAT, format(transport));
        return values;
    }

    private static Map<String, Object> inherited(SourceConfig source, @Nullable Object region, @Nullable Object tags) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(SourceTable.START_AT, source.startAt().name().toLowerCase(Locale.ROOT));
        if (region != null) {
            values.put(SourceTable.REGION, region);
        }
        if (tags != null) {
            values.put(SourceTable.TAGS, tags);
        }
        return values;
    }

    /** As TOML that the agent would understand, but for the masks; a comment after each value tells its origin. */
    public String toToml() {
        StringBuilder out = new StringBuilder();
        for (Table table : tables) {
            out.append(out.isEmpty() ? "" : "\n").append(table.header()).append('\n');
            for (Value value : table.values()) {
                String line = value.value() == null
                        ? "# " + key(value.key()) + " is not set"
                        : key(value.key()) + " = " + toml(value.value());
                out.append(line);
                if (value.value() != null) {
                    out.append(" ".repeat(Math.max(1, COMMENT_COLUMN - line.length())))
                            .append("# ")
                            .append(value.origin().replaceAll("\\p{Cntrl}", "?"));
                }
                out.append('\n');
            }
        }
        return out.toString();
    }

    private static String toml(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> pairs = new ArrayList<>();
            map.forEach((key, element) -> pairs.add(key(String.valueOf(key)) + " = " + toml(element)));
            return pairs.isEmpty() ? "{}" : "{ " + String.join(", ", pairs) + " }";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(EffectiveConfig::toml).toList().toString();
        }
        // "$$" keeps a dollar sign from being understood as the beginning of a reference.
        return value instanceof String text
                ? '"' + Toml.tomlEscape(text.replace("$", "$$")).toString() + '"'
                : String.valueOf(value);
    }

    private static String key(String key) {
        return key.matches("[A-Za-z0-9_-]+") ? key : '"' + Toml.tomlEscape(key).toString() + '"';
    }

    /** Knows where values come from. */
    private record Origins(ConfigTree tree) {

        void add(List<Table> tables, List<String> path, Options options, Map<String, Object> computed) {
            List<Value> values = new ArrayList<>();
            List<Runnable> nested = new ArrayList<>();
            for (OptionSpec spec : options.table().specs()) {
                List<String> place = child(path, spec.key());
                if (spec.type() == OptionType.TABLE) {
                    continue; // shown as a table of its own, by whoever knows its keys
                }
                if (spec.columns() != null) {
                    List<Options> elements = options.tables(spec.key());
                    for (int i = 0; i < elements.size(); i++) {
                        Options element = elements.get(i);
                        List<String> elementPath = child(place, Integer.toString(i));
                        nested.add(() -> add(tables, elementPath, element, Map.of()));
                    }
                    continue;
                }
                boolean given = tree.location(place) != null;
                Object value = given ? masked(place, options.shown(spec.key())) : options.shown(spec.key());
                Object shown = over(computed.get(spec.key()), asGiven(place, value));
                values.add(new Value(spec.key(), shown, origin(place, computed.containsKey(spec.key()))));
            }
            tables.add(new Table(ProblemPlaces.header(path), values));
            nested.forEach(Runnable::run);
        }

        /** A list that was written as one string is shown so. */
        private @Nullable Object asGiven(List<String> place, @Nullable Object value) {
            return value instanceof List<?> list && list.size() == 1 && tree.location(child(place, "0")) == null
                    ? list.get(0)
                    : value;
        }

        /** Tables are merged; anything else takes the place of what is inherited. */
        private static @Nullable Object over(@Nullable Object inherited, @Nullable Object own) {
            if (inherited instanceof Map<?, ?> outer && own instanceof Map<?, ?> inner) {
                Map<Object, Object> merged = new LinkedHashMap<>(outer);
                merged.putAll(inner);
                return merged;
            }
            return own == null ? inherited : own;
        }

        private String origin(List<String> place, boolean computed) {
            Location location = tree.location(place);
            if (location == null) {
                List<String> outer = List.of(ConfigTables.GLOBAL, place.get(place.size() - 1));
                Location inherited = tree.location(outer);
                return computed && inherited != null ? "[global], " + inherited.shown() : DEFAULT;
            }
            return location.inputs().isEmpty()
                    ? location.shown()
                    : String.join(", ", location.inputs()) + ", " + location.shown();
        }

        /** A value of {@code [global]}. */
        @Nullable Object shown(Options global, String key) {
            return masked(List.of(ConfigTables.GLOBAL, key), global.shown(key));
        }

        private @Nullable Object masked(List<String> place, @Nullable Object value) {
            Location location = tree.location(place);
            if (value != null && location != null && location.secret()) {
                return MASK;
            }
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> shown = new LinkedHashMap<>();
                map.forEach((key, element) -> {
                    String name = String.valueOf(key);
                    Object inner = SecretMask.isTelling(name) ? MASK : masked(child(place, name), element);
                    shown.put(name, inner == null ? "" : inner);
                });
                return shown;
            }
            if (value instanceof List<?> list) {
                List<Object> shown = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    Object inner = masked(child(place, Integer.toString(i)), list.get(i));
                    shown.add(inner == null ? "" : inner);
                }
                return shown;
            }
            return value instanceof String text ? SecretMask.withoutPasswords(text) : value;
        }

        private static List<String> child(List<String> path, String key) {
            List<String> whole = new ArrayList<>(path);
            whole.add(key);
            return whole;
        }
    }
}
