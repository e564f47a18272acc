package dev.logagent.dist.config;

import dev.logagent.api.encode.EventStyle;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.LevelCase;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.Options;
import dev.logagent.api.option.Suggestion;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.TransportFactory;
import dev.logagent.core.config.OutputConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what decides about the transport of each output, and {@code [transport.NAME]}. For one use. */
final class TransportTables {

    private static final List<String> TRANSPORT = List.of(ConfigTables.TRANSPORT);
    private static final List<String> GLOBAL = List.of(ConfigTables.GLOBAL);

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;
    private final Transports transports;
    private final Map<String, String> tables;

    TransportTables(ConfigTree tree, ProblemPlaces places, Findings findings, Transports transports) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
        this.transports = transports;
        this.tables = tables();
    }

    /** The transport of the output that {@code [global]} describes, or null when too little is known of it. */
    @Nullable TransportConfig ofGlobal(Options global) {
        return check(OutputConfig.DEFAULT_NAME, GLOBAL, global, global);
    }

    /**
     * The transport of another output, or null when too little is known of it.
     *
     * @param index which of {@code [[outputs]]} it is
     */
    @Nullable TransportConfig ofOutput(int index, Options output, Options global) {
        List<String> path = List.of(ConfigTables.OUTPUTS, Integer.toString(index));
        return check(output.optionalString(OutputTable.NAME).orElse(""), path, output, global);
    }

    private @Nullable TransportConfig check(String name, List<String> path, Options own, Options global) {
        Optional<TransportFactory> used = used(own, path);
        if (used.isEmpty()) {
            return null;
        }
        TransportFactory factory = used.get();
        List<String> place = place(factory, path);
        List<OptionProblem> problems = new ArrayList<>();
        Options options = factory.options()
                .validate(place.get(0).equals(ConfigTables.TRANSPORT) ? raw(place.get(1)) : nested(own), problems::add);
        problems.forEach(problem -> places.locate(problem.within(place)).ifPresent(findings::add));
        List<TransportConfig.EndPoint> endPoints = endPoints(own, path);
        if (!problems.isEmpty() || endPoints.isEmpty()) {
            return null;
        }
        Format format = own.optionalString(GlobalTable.FORMAT)
                .or(() -> global.optionalString(GlobalTable.FORMAT))
                .map(word -> Format.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(null);
        Compression compression = Compression.valueOf(CoreConfig.holder(own, global, GlobalTable.COMPRESSION)
                .string(GlobalTable.COMPRESSION)
                .toUpperCase(Locale.ROOT));
        LevelCase levelCase = LevelCase.valueOf(CoreConfig.holder(own, global, GlobalTable.LEVEL_CASE)
                .string(GlobalTable.LEVEL_CASE)
                .toUpperCase(Locale.ROOT));
        EventStyle style = new EventStyle(
                levelCase,
                CoreConfig.holder(own, global, GlobalTable.INCLUDE_RAW).bool(GlobalTable.INCLUDE_RAW));
        Map<String, List<String>> shared = new HashMap<>();
        for (String key : List.of(GlobalTable.COMPRESSION, GlobalTable.FORMAT)) {
            shared.put(key, child(own.has(key) ? path : GLOBAL, key));
        }
        return new TransportConfig(name, factory, place, endPoints, options, shared, format, style, compression);
    }

    /** The table that the options of an output are in: its own, else that of the transport. */
    private List<String> place(TransportFactory factory, List<String> path) {
        List<String> own = child(path, OutputTable.OPTIONS);
        String key = tables.get(factory.name());
        boolean hasOwn = !path.equals(GLOBAL) && (key == null || tree.location(own) != null);
        return hasOwn ? own : path(key == null ? factory.name() : key);
    }

    private static Map<String, Object> nested(Options output) {
        return output.nested(OutputTable.OPTIONS);
    }

    private List<TransportConfig.EndPoint> endPoints(Options own, List<String> path) {
        List<String> whole = child(path, GlobalTable.END_POINT);
        List<TransportConfig.EndPoint> endPoints = new ArrayList<>();
        for (String address : own.list(GlobalTable.END_POINT)) {
            List<String> element = child(whole, Integer.toString(endPoints.size()));
            endPoints.add(new TransportConfig.EndPoint(address, tree.location(element) == null ? whole : element));
        }
        return endPoints;
    }

    private static List<String> child(List<String> path, String key) {
        List<String> child = new ArrayList<>(path);
        child.add(key);
        return List.copyOf(child);
    }

    /** The key of each transport's table as it is written, by the transport's name. */
    private Map<String, String> tables() {
        Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Object raw = tree.values().get(ConfigTables.TRANSPORT);
        if (raw != null && !(raw instanceof Map)) {
            findings.add(
                    places.at(TRANSPORT, Place.KEY, "'transport' must be a table", "write it as [transport.NAME]"));
        }
        if (raw instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String key = String.valueOf(entry.getKey());
                String twin = known.putIfAbsent(key, key);
                check(key, entry.getValue(), twin);
            }
        }
        return known;
    }

    private void check(String key, @Nullable Object value, @Nullable String twin) {
        String header = ProblemPlaces.header(path(key));
        if (transports.find(key).isEmpty()) {
            findings.add(places.at(path(key), Place.KEY, unknown(key) + " in " + header, instead(key)));
        } else if (!(value instanceof Map)) {
            findings.add(places.at(path(key), Place.KEY, header + " must be one table", "write it as " + header));
        } else if (twin != null) {
            findings.add(places.at(
                    path(key),
                    Place.KEY,
                    header + " is the same table as " + ProblemPlaces.header(path(twin)),
                    "keep one of the two"));
        }
    }

    private Optional<TransportFactory> used(Options own, List<String> path) {
        Optional<String> sendType = own.optionalString(GlobalTable.SEND_TYPE);
        Optional<TransportFactory> used = sendType.flatMap(transports::find);
        if (sendType.isPresent() && used.isEmpty()) {
            places.locate(new OptionProblem(
                            child(path, GlobalTable.SEND_TYPE),
                            Place.VALUE,
                            unknown(sendType.get()),
                            instead(sendType.get())))
                    .ifPresent(findings::add);
        }
        return used;
    }

    private String unknown(String name) {
        return "unknown transport '" + name + "'";
    }

    private @Nullable String instead(String name) {
        String nearest = Suggestion.nearest(name, transports.names());
        String installed = transports.names().isEmpty() ? "none" : String.join(", ", transports.names());
        return (nearest == null ? "" : "did you mean '" + nearest + "'? ")
                + "installed: " + installed + "; looked in "
                + transports.searched().stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private Map<String, Object> raw(String key) {
        return tree.values().get(ConfigTables.TRANSPORT) instanceof Map<?, ?> all
                        && all.get(key) instanceof Map<?, ?> own
                ? Validation.keyed(own)
                : Map.of();
    }

    private static List<String> path(String key) {
        return List.of(ConfigTables.TRANSPORT, key);
    }
}
